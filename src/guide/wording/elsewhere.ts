import { Sieve } from '../sieve.js';
import { remember } from '../remember.js';
import { underExpected } from './labels.js';

/** What people expect, said in other languages, in the English words that the readers know. */

/** "Expected result:" as a label. */
const LABEL = new RegExp(`^(?:${[
  String.raw`(?:r[ée]sultats?|valeurs?|sorties?) attendue?s?|attendue?s?`,
  String.raw`(?:resultados?|valor(?:es)?|salidas?|saídas?) esperad[oa]s?|se espera|esperad[oa]s?|resultado`,
  String.raw`erwartet(?:es? (?:ergebnis(?:se)?|ausgabe|werte?))?|erwartung(?:en)?|soll(?:te|wert|-ergebnis)?`,
  String.raw`verwachte?(?: resultaat| uitvoer)?|å?forventet(?: resultat)?|förväntat(?: resultat)?`,
  String.raw`(?:risultat[oi] )?att?es[oaie]|oczekiwan[eyao](?: wynik)?|očekáv\p{L}+(?: výsledek)?|beklenen(?: sonuç)?|ожидается|ожидаемый результат`,
  String.raw`(?:النتيجة |النتائج )?المتوقعة?|(?:نتیجه )?مورد انتظار|תוצאה צפויה|צפוי`,
  String.raw`(?:hasil )?(?:yang )?diharapkan|ekspektasi|(?:kết quả )?(?:mong đợi|kỳ vọng|mong muốn)`,
  String.raw`(?:예상|기대)(?:되는|하는|된)? ?(?:결과|출력|값|행 수)?|期待(?:する|される)?(?:値|結果|出力|行数|件数)?|(?:期望|预期|預期)(?:值|返回|结果|結果|输出|輸出)?`,
].join('|')})\\s*(\\([^)]*\\))?\\s*(?::|=|-(?=\\s)|—|–)\\s*`, 'iu');

/** Subjects that mean the result as a whole. */
const WHOLE = String.raw`(?:(?:(?:l[ae]|el|les|il|the|[ao]|die|das|der|de|deze|dit|это|этот|эта|este|esta|cette|questa) |l'|la )?(?:consulta|query|requ[êe]te|abfrage|ergebnis|resultado|r[ée]sultat|risultato|resultaat|запрос|результат|kueri|hasil(?:nya)?|truy vấn|kết quả|zapytanie|wynik|ausgabe|salida|sa[íi]da|sortie|esto|isto|ceci|cela|questo|это|ini|dit|es|dies) )?`;
const EVERY = String.raw`(?:(?:todas?|todos?)(?: l[oa]s| [oa]s)?|tou(?:te)?s(?: les)?|tutt[ei](?: l[ea]| i| gli)?|alle|все|semua|wszystkie) (?:[\p{L}]+ ){1,3}`;

/** A verb that says what must come, at the front of its sentence. */
const FRONT = [
  String.raw`(?:voc[êe]s? |se |vous |вы |je |u |anda |kamu |bạn )?(?:dev(?:e|em|er[áã]o?|eria)m?|deb(?:e|es|en|er[íi]a[ns]?|eríamos)|devez|devriez|devrait|devraient|doit|doivent|devono|dovrebbe(?:ro)?|dovresti|dovreste|powin(?:no|ien|na|ny|ieneś)|долж(?:ен|на|но|ны))`,
  String.raw`(?:(?:anda|kamu) )?(?:se)?harus(?:nya)?`,
  String.raw`(?:bạn )?(?:phải|sẽ|nên)`,
  String.raw`(?:يجب|ينبغي)(?: أن)?|אמור(?:ה|ים|ות)?|צריכ?(?:ה|ים|ות)?`,
].join('|');
const SEE = String.raw`(?:funcionar|fonctionner|funzionare|работать|ver|ter|tener|avoir|avere|retornar|devolver|mostrar|dar|salir|aparecer|listar|contener|conter|incluir|exibir|ser|estar|haver|haber|retourner|renvoyer|afficher|voir|être|contenir|lister|restituire|mostrare|vedere|essere|contenere|apparire|tornare|вернуть(?:ся)?|показать|увидеть|быть|содержать|иметь|появиться|вывести|zwrócić|pokazać|być|mieć|zawierać|zobaczyć|mengembalikan|menampilkan|melihat|menghasilkan|berisi|ada|menjadi|berjumlah|muncul|memiliki|ترى|يعطي|تعطي|يكون|تكون|يظهر|تظهر|يعيد|تعيد|يرجع|ترجع|להחזיר|להראות|להיות|trả về|hiển thị|thấy|nhìn thấy|có|là|bằng)`;
const FRAME = new RegExp(`^(?:${WHOLE}|${EVERY})(?:${FRONT})(?: ${SEE}|(?=\\s*:?\\s*(?:[\\d<>="'\`]|true|false|null|vac[íi]|vazi|vide|vuot|leer|leeg|pust|пуст|kosong|trống|boş)))(?![\\p{L}])(?:\\s*:)?\\s+(.+)$`, 'iu');
/** "Deberías ver:" over what follows it. */
const BARE = new RegExp(`^${SEE}\\W*$`, 'iu');
const EVERY_FRAME = new RegExp(`^${EVERY}`, 'iu');
/** "Se esperan 3 filas", "Erwartet werden 3 Zeilen". */
const EXPECTED = /^(?:(?:das |die )?(?:ergebnis|resultat|ausgabe|abfrage|es|dies|das) (?:sollte|muss|soll)(?: (?:jetzt|nun|dann))? (?:sein|lauten|ergeben|zeigen|anzeigen|liefern|zurückgeben|ausgeben)\s*:|se esperan?|se espera(?:m|-se)?|esperamos|espera-se|esperam-se|on attend|nous attendons|si aspettano|ci aspettiamo|erwartet (?:wird|werden|ist|sind)|ожидается|ожидаются|ожидаем|verwacht wordt|verwacht worden|oczekuje się)\s+(?!que\b|dass\b|что\b)(.+)$/iu;
/** "indisvalid phải là TRUE": a column and what it must be, a truth value, a figure or a text. */
const COLUMN = /^`?([a-z][a-z\d]*(?:_[a-z\d]+)*)`? (?:phải|harus|долж(?:ен|на|но|ны)|moet(?:en)?|deve|debe|doit|muss|powinn[aoy]|powinien|应|應该?|應當|应该|应当)(?: (?:là|bằng|bernilai|adalah|быть|равн[аоы]|zijn|ser|être|sein|być))? ?(?:= ?)?(true|false|null|t|f|-?\d+(?:\.\d+)?|'[^']*')(?: (?:sein|zijn))?$/iu;
/** Verbs that stand last: Dutch, German with a person, Turkish, Korean, Japanese. */
const LAST = [
  /^(?:所有|每(?:个|張|张)?)(?:表|行|记录|表格)(?:的|都)?(?:的)? ?(.+? ?= ?\S+|`?\w+`? ?(?:都)?(?:应|應)(?:该|該|当|當)?(?:为|是|等于) ?\S+)$/u,
  /^(?:すべて|全て|全)の(?:テーブル|行|レコード)(?:で|が|に|は)、? ?(.+?) ?(?:であること|となること|になること|であるはず)$/u,
  new RegExp(`^(?:${WHOLE}|${EVERY}|je |u )(?:zou(?:den)? |moet(?:en)? )(.+?) (?:moeten )?(?:teruggeven|retourneren|opleveren|tonen|laten zien|zien|zijn|bevatten|hebben|geven)$`, 'iu'),
  new RegExp(`^(?:${EVERY}|du |sie |ihr |man )(?:sollten?|solltest|müssen|muss|musst)(?: (?:jetzt|nun|danach|dann|hier))? (.+?) (?:sehen|haben|bekommen|erhalten|zeigen|sein)$`, 'iu'),
  /^(?:(?:sorgu|sonuç|çıktı) )?(.+?) (?:dönmeli|olmalı|görünmeli|görmelisiniz|listelenmeli|çıkmalı|gelmeli|döndürmeli|içermeli)(?:dir|dır)?$/iu,
  /^(?:(?:쿼리|결과)[는은가이]? )?(.+?)(?:[이가을를은는]|으로|로)? ?(?:(?:반환|출력|표시|조회|생성)(?:되어야|돼야|해야|하여야)|나와야|있어야|이어야|여야|보여야) ?(?:합니다|함|한다|해요|됨|됩니다)?$/u,
  /^(?:(?:クエリ|結果|これ)[がはに]、?)?(.+?)[がをとは]?(?:返る|返ってくる|返される|表示される|出力される|取得できる|出る|である|になる|となる)(?:こと|はず|べき)(?:です|である)?$/u,
];
/** What must not succeed. */
const FAILS = /^(?:(?:esto|isto|ceci|cela|questo|это|dit|dies|das|es|(?:est[ea] |el |la |o |a |l[ae] |cette )?(?:query|consulta|comando|insert|update|delete|select|requête)) )?(?:deb(?:e|ería) (?:fallar|dar error|ser rechazad[oa])|(?:deb(?:e|ería)|dev(?:e|eria)) (?:retornar|devolver|lançar|lanzar|generar|gerar|arrojar) (?:um |un )?err(?:o|or)(?: de [\p{L} ]{3,40})?|dev(?:e|eria) (?:falhar|dar erro|ser (?:rejeitad[oa]|bloquead[oa]|negad[oa]))|doit (?:échouer|être (?:refusée?|rejetée?|bloquée?))|devrait échouer|(?:deve|dovrebbe) (?:fallire|essere (?:rifiutat[oa]|bloccat[oa]))|(?:sollte|muss|soll) (?:fehlschlagen|scheitern|abgelehnt werden)|долж(?:ен|на|но) (?:завершиться ошибкой|упасть|вернуть ошибку|выдать ошибку)|moet (?:falen|mislukken)|powinno się nie udać|(?:se)?harus(?:nya)? (?:gagal|ditolak|error)|phải (?:thất bại|lỗi|báo lỗi)|hata vermeli|başarısız olmalı|(?:应|應)(?:该|該|当|當)?(?:失败|失敗|报错|報錯|被拒绝|被拒絕)|(?:エラー|失敗)(?:になる|する)(?:こと|はず)|실패(?:해야|하여야) ?(?:합니다|함|한다)?)(?: (?:(?:con|com|avec|mit) )?`?(?:2[0-9]|4[0-9]|P0)[0-9A-Z]{3}`?)?(?: (?:por|con|com|sin|sem|debido a|devido a|par|avec|sans|wegen|mit|aufgrund) [\p{L}\d _'"`-]{2,60})?(?:\s*[（(][^()（）]*[)）])?(?:\s*[.。!:：]\s*[^()]{0,90})?$/iu;
/** What it fails with, where the words for it are known. */
const FAILS_BY: readonly (readonly [RegExp, string])[] = [
  [/permission denied|(?:permiss(?:ão|ões)|permisos?)$|permisos? (?:denegad|insuficiente)|permiss(?:ão|ões) (?:negad|insuficiente)|permission refusée|(?:fehlende|keine) berechtigung/iu, 'permission denied'],
  [/(?:violaci[óo]n|violação|violation|verletzung|restricci[óo]n|restrição|contrainte).{0,30}(?:unicidad|unicidade|unicité|[úu]nic[oa]|unique|eindeutig)|(?:clave|chave|clé) (?:duplicad|dupliqu)/iu, 'unique violation'],
  [/(?:violaci[óo]n|violação|violation|restricci[óo]n|restrição|contrainte).{0,30}(?:clave for[áa]nea|chave estrangeira|clé étrangère|foreign key)/iu, 'foreign key violation'],
  [/(?<![\p{L}])(?:rls|row[- ]level security|seguridad a nivel de fila|segurança (?:a|em) nível de linha)(?![\p{L}])/iu, 'RLS violation'],
];

function failing(line: string): string {
  const code = /\b((?:2[0-9]|4[0-9]|P0)[0-9A-Z]{3})\b/.exec(line)?.[1];
  if (code !== undefined) return `Should fail with ${code}`;
  const named = /[:：]\s*.*\bconstraint [`"']?(\w+_\w+)/i.exec(line)?.[1];
  if (named !== undefined) return `Should fail with "${named}"`;
  const by = FAILS_BY.find(([form]) => form.test(line))?.[1];
  return by === undefined ? 'Should fail' : `Should fail with ${by}`;
}

/** What must succeed. */
const WORKS = /^(?:(?:esto|isto|ceci|cela|questo|это|dit|dies|das|es) )?(?:(?:muss|sollte|soll) (?:klappen|funktionieren|gelingen|gehen|durchlaufen|erfolgreich sein)|deb(?:e|ería) (?:funcionar|tener éxito)|deve(?:ria)? funcionar|(?:doit|devrait) (?:fonctionner|réussir|passer)|(?:deve|dovrebbe) (?:funzionare|riuscire)|долж(?:ен|на|но) (?:работать|пройти|выполниться успешно)|moet (?:lukken|slagen|werken)|(?:se)?harus(?:nya)? (?:berhasil|sukses)|phải thành công|başarılı olmalı|(?:应|應)(?:该|該|当|當)?成功|成功(?:する|になる)(?:こと|はず)|성공(?:해야|하여야) ?(?:합니다|함|한다)?)(?:\s*[（(][^()（）]*[)）])?\s*[.。!:：]?$/iu;
/** "← ERREUR attendue", "Fehler erwartet": an error, expected by name; what it proves may stand behind. */
const ERROR_EXPECTED = /^(?:←|<-+|⚠)?\s*(?:une |un |ein |an? )?(?:(?:erreur|error|erro|errore|fehler|fallo|échec) (?:attendue?|esperad[oa]|atteso|erwartet|prevista?)|(?:erwarteter|verwachte) (?:fehler|fout)|(?:应|應)?(?:预期|預期)(?:错误|錯誤|报错))(?: (?:aussi|également|también|também|auch|anche))?(?:\s*(?:[=:—–(-]|→).*)?[.!]?$/iu;
/** "Debe insertar sin error": it must do what it says. */
const WITHOUT_ERROR = /^(?:(?:se )?deb(?:e|ería)|dev(?:e|eria)|doit|devrait|deve|dovrebbe|muss|sollte|soll) (?:se )?[\p{L}]+(?:[\p{L} ]{0,20})? (?:sin (?:ning[uú]n )?error(?:es)?|sem (?:nenhum )?erros?|sans erreurs?|senza errori|ohne fehler [\p{L}]+)(?:\s*\([^()]*\))?[.!]?$/iu;
const NEGATED = /^(?:no|não|nao|non|ne|nicht|не|nie|tidak|jangan|không|geen|niet|不|没|無)(?![\p{L}])|(?<![\p{L}])(?:nicht|niemals|jamais|pas|nunca|mai|nooit|nigdy|никогда)(?![\p{L}])|(?:ない|なし|않|없)/iu;
/** "No rows", "empty". */
const NOTHING = /^(?:(?:geen|nessun[ao]?|żadnych|brak|nenhuma?|ningun[ao]?|ningún|aucune?|keine?|tidak ada|không có|нет|0|zero|cero|zéro) ?)?(?:leeg|kosong|vuot[oa]|pust[eyao]|пуст[оая]?(?: результат)?|boş|trống|空(?:结果集?|結果集?|集合|集|的|表)?|空(?:であること|っぽ|行)|비어 ?있음|없음|なし|结果为空|(?:un )?(?:result(?:ado|at) )?(?:vac[íi][oa]|vazi[oa]|vide)|(?<=\S )(?:rij(?:en)?|righe?|riga|wierszy|record|registros?|filas?|linhas?|lignes?|résultats?|resultados?|risultat[oi]|zeilen?|ergebnisse?|datensätze|einträge|baris|dòng|строк|записей|kayıt|satır|صفوف|صف|سجلات|שורות))$/iu;
const PARTICLES = /(?<=[行件개건筆条条個])(?:が|を|は|も|이|가|을|를)$/u;

/** "You must have a backup": what people need, not what they see. */
const NEEDED = /^(?:voc[êe] (?:deve|precisa)|vous (?:devez|devriez)|debes|deberías|devi|dovresti|du (?:solltest|musst)|sie (?:sollten|müssen)|вы должны|(?:anda|kamu) (?:se)?harus(?:nya)?|je moet|u moet|bạn (?:phải|nên)) (?:.* (?:haben|hebben|sein|zijn)\W*$|(?:ter|avoir|tener|avere|иметь|memiliki|có|être|ser|estar|essere|быть|login)(?![\p{L}]))|(?:eseguit[oaie]|ejecutad[oa]s?|executad[oa]s?|exécutée?s?|ausgeführt|выполнен[оаы]?|dijalankan|uitgevoerd|aplicad[oa]s?|applicat[oaie]|appliquée?s?) (?:prima|primero|antes|primeiro|en premier|avant|vorher|zuerst|от|до|eerst)(?![\p{L}])/iu;

/** Whether a line tells in another language what people need before they begin. */
export function isNeeded(line: string): boolean {
  return NEEDED.test(line);
}

/** What returns something says more than that it goes without error. */
const SHOWS = /^\S+ (?:se )?(?:retornar|devolver|mostrar|ver|retourner|renvoyer|afficher|restituire|mostrare)/iu;

/** Bounds as other languages put them: before the number, or behind it and its noun. */
const BOUNDS: [RegExp, string][] = [
  [/^(?:minimal|minimum|setidaknya|paling sedikit|ít nhất|tối thiểu|en az|minstens|ten minste|almeno|не менее|не меньше|минимум|как минимум|co najmniej|przynajmniej|최소(?:한)?|少なくとも|最低|至少|wenigstens|mínimo(?: de)?|no mínimo|como mínimo) (?=\d)/iu, 'at least '],
  [/^(?:maksimal|paling banyak|tối đa|en fazla|hoogstens|al massimo|не более|не больше|najwyżej|co najwyżej|최대|最多|no máximo|como máximo) (?=\d)/iu, 'at most '],
  [/^(?:mayor(?:es)? (?:que|a)|superior(?:es)? a|maior(?:es)? (?:do )?que|größer als|supérieur(?:e|es)? à|plus grande? que|maggiore di|больше|более|groter dan|lebih (?:besar )?dari|lớn hơn|nhiều hơn|大于|大於|większ[aey] niż|więcej niż) ?(?=\d)/iu, '> '],
  [/^(?:menor(?:es)? (?:que|a)|inferior(?:es)? a|menor(?:es)? (?:do )?que|kleiner als|inférieur(?:e|es)? à|minore di|меньше|менее|kleiner dan|minder dan|kurang dari|nhỏ hơn|ít hơn|小于|小於|mniej niż) ?(?=\d)/iu, '< '],
];
const BEHIND: [RegExp, string][] = [
  [/^(\d+) ?(?:行|件|個|条|條|개|건|筆)?(?:의)? ?(?:행|레코드)?(?:以上|이상)$/u, '>= $1'], [/^(\d+) ?(?:行|件|個|条|條|개|건|筆)?(?:以下|以内|이하)$/u, '<= $1'],
  [/^(\d+) ?(?:行|件|個|条|條|개|건|筆)?(?:未満|より少ない|より小さい|미만)$/u, '< $1'], [/^(\d+) ?(?:行|件|個|条|條|개|건|筆)?(?:より多い|より大きい|を超える|초과|보다 (?:큼|많음))$/u, '> $1'],
  [/^(\d+) (?:o más|ou mais|ou plus|oder mehr|o più|of meer|или (?:более|больше)|или выше|atau lebih|hoặc nhiều hơn|veya daha fazla|lub więcej) /iu, '$1+ '],
];

const HAN = '一二三四五六七八九十';

function bounded(said: string): string {
  const text = said.replace(/^([一二三四五六七八九十两兩])(?=[行条條个個张件筆])/u, (one) => String(/[两兩]/.test(one) ? 2 : HAN.indexOf(one) + 1));
  for (const [form, words] of [...BOUNDS, ...BEHIND]) if (form.test(text)) return text.replace(form, words);
  return text;
}

/** Most lines begin with what no other language begins with. */
const ENGLISH = /^(?:expect(?:ed|s)?\b|(?:you )?should\b|must\b)/i;

/** A line that states in another language what is expected, as the English reader would have it; any other as it is. */
export const saidInEnglish = remember(inEnglish);

/** Whatever makes a line one of another language. */
const SAYING = [FAILS, ERROR_EXPECTED, WORKS, WITHOUT_ERROR, LABEL, COLUMN, ...LAST, EXPECTED, FRAME];
const SIEVE = new Sieve(SAYING);

function inEnglish(text: string): string {
  const line = underExpected(text).replace(/^(?:你|您|我们|我們)(?=[应應])/u, '');
  if (line === '' || ENGLISH.test(line)) return line;
  const may = SIEVE.of(line).map((index) => SAYING[index]);
  if (may.length === 0) return line;
  // What is not in the line as a whole is in no part of it.
  const says = (form: RegExp, part = line): RegExpExecArray | null => (may.includes(form) ? form.exec(part) : null);
  if (says(FAILS)) return failing(line);
  if (says(ERROR_EXPECTED)) return 'Should fail';
  if (says(WORKS) || (says(WITHOUT_ERROR) && !SHOWS.test(line))) return 'Should succeed';
  const [label = '', aside = ''] = says(LABEL) ?? [];
  if (label !== '') return `Expected${aside === '' ? '' : ` ${aside}`}: ${thing(line.slice(label.length))}`.trim();
  const [, topic = '', inner = ''] = /^([^()]{3,90}?) [（(]([^()（）]{4,60})[)）][.:]?$/u.exec(line) ?? [];
  if (inner !== '' && !/^(?:should|must|expect)/i.test(inner) && saidInEnglish(topic) === topic) {
    const told = saidInEnglish(inner);
    if (told.startsWith('Expected: ') && told !== inner) return `${topic} (expected: ${told.slice(10)})`;
    if (told.startsWith('Should fail')) return `${topic} (${told.toLowerCase()})`;
  }
  // An aside and the full stop stand behind the verb, and behind what is said with it.
  const [, said = '', remark = ''] = /^(.*?)((?:\s*[（(][^()（）]*[)）])?\s*[.。:!]?\s*)$/su.exec(line) ?? [];
  const [, column = '', value = ''] = says(COLUMN, said) ?? [];
  if (column !== '') return `Expected: ${column} = ${value}${remark}`;
  for (const form of LAST) {
    const found = says(form, said)?.[1];
    if (found !== undefined && !NEGATED.test(found)) return stated(line, said, found, remark);
  }
  const found = says(EXPECTED, said)?.[1] ?? says(FRAME, said)?.[1];
  return found === undefined || BARE.test(found) || NEGATED.test(found.replace(NOTHING, '')) ? line : stated(line, said, found, remark);
}

/** "All tables must have x = true": every row, where a column is named; a number is not said of each. */
function stated(line: string, said: string, found: string, aside: string): string {
  const plain = found.replace(/ ?(?:都)?(?:应|應)(?:该|該|当|當)?(?:为|是|等于) ?/u, ' = ').trim();
  if ((EVERY_FRAME.test(said) || /^(?:所有|每|すべて|全)/u.test(said)) && !/^`?\w+`?\s*(?:=|!=|<>)\s*\S+$/u.test(plain.replace(/^`(.*)`$/u, '$1'))) return line;
  return `Expected: ${thing(plain)}${aside}`;
}

const IN_RESULT = /^(?:en (?:los resultados|el resultado|la salida)|nos resultados|no resultado|na saída|dans (?:les résultats|le résultat)|nei risultati|in den ergebnissen|im ergebnis|в результатах?е?) /iu;
const ROW_WITH = /^(?:una (?:fila|riga) con|uma linha com|une ligne avec|eine zeile mit|одну строку с)(?=\s*:|$)/iu;

/** What is expected, once its label and verb are gone: "geen rijen" and "空结果集" are no rows. */
export function thing(found: string): string {
  const plain = found.trim().replace(IN_RESULT, '').replace(ROW_WITH, 'a row with');
  const [, main = '', aside = ''] = /^(.*?)(\s*[（(][^()（）]*[)）]\s*[.。]?|[.。])?$/su.exec(plain) ?? [];
  return NOTHING.test(main) ? `no rows${aside}` : bounded(plain.replace(PARTICLES, ''));
}
