import { Forms } from './sieve.js';

/** The words that give a heading its role, in the languages guides are written in. Titles are matched reduced: see `plain.ts`. */

/** That a part is optional, and not what it makes or adds: "Make phone optional". */
const OPTIONAL_PART = /(?<!\b(?:mak(?:e|ing) .{1,60}|(?:add|create|drop|allow|remove|rename|support|introduce)(?:ing|s)? (?:the |an? |new )?))\boptional\b/u;

/** Many forms, of which any may match. */
const anyOf = (...forms: RegExp[]): Forms => new Forms(forms);

/** Rolling back, in the languages guides are written in: such a section must never run on the way forward. */
export const ROLLBACK = anyOf(
  /\broll(?:ing|ed)?[ -]?backs?\b/u, /^(?:(?:or|then|to|how to),? )?roll(?:ing)? (?:it|this|them|that|everything|(?:the|your) [\w-]+) back\b/u, /\brevert(?:s|ing)?\b/u, /\bundo(?:ing)?\b/u, /\bback[ -]?outs?\b/u, /\bun-?appl(?:y|ying)\b/u,
  /\bdown migrations?\b/u, /\bdowngrad(?:e|ing)\b/u,
  /\b(?<!(?:password|account) )recovery(?! (?:points?|codes?|emails?|mode|tokens?|objectives?))\b/u,
  /\brestor(?:e|ing) (?:from|the|your|a|database|db|original|previous|backup)\b/u, /\bemergency (?:procedures?|plan|steps?|actions?)\b/u,
  /\babort(?:ing)?\b/u, /\bbacking out\b/u, /\buninstall(?:ing|ation)?\b/u, /\btear(?:ing)?[ -]?down\b/u, /^(?:going|getting|stepping|switching) back\b/u, /\bexit (?:strategy|plan)\b/u,
  /^how to (?:remove|delete|uninstall|undo|revert|disable|back out)\b/u, /\breversal\b(?! (?:checks?|entr(?:y|ies)|transactions?|records?|journals?|amounts?|validation|tests?)\b)/u,
  /\brevers(?:e|ing)(?! (?:proxy|proxies|look-?ups?|flow|direction|scenario|path|index\w*|geo\w*|order|engineer\w*|dns|etl))\b/u,
  /\bremov(?:e|ing) (?:the |this |these |all )?(?:migrations?|changes|everything)\b/u, /\bcontingency(?: plans?)?\b/u, /\bway back\b/u,
  /\bfall-?back (?:plans?|procedures?|strateg(?:y|ies)|steps?)\b/u, /^fall-?backs?$/u, /^restor(?:e|ing|ation)$/u,
  /^emergency\b(?! (?:contacts?|alerts?|info\w*|numbers?))(?!.*\b(?:fix|hotfix|patch|migration|update|change)\b)/u, /ロールバック/u, /元に戻/u, /取り消し/u, /回滚/u, /回滾/u, /回退/u, /撤销/u, /撤銷/u, /回復/u, /復元/u,
  /还原/u, /還原/u, /롤백/u, /되돌리/u, /откат/u, /отмена/u, /r[uü]ckg[aä]ngig/u, /zur[uü]ck(?:rollen|setzen)/u, /r[uü]cksetzung/u, /wiederherstell/u,
  /retour arri[eè]re/u, /annul(?:ation|er\b)/u, /restauration/u, /revertir/u, /revers(?:i[oó]n|ão)/u, /reverter/u, /desfazer/u, /deshacer/u,
  /restaura(?:r\b|ci[oó]n|ção)/u, /vuelta atr[aá]s/u, /geri al/u, /wycof/u, /ripristin/u, /terugdraai/u, /återställ/u, /khôi phục/u, /hoàn tác/u,
);

/** The log to be filled. */
export const LOG = anyOf(
  /\b(?:migration|deployment|execution|(?<!^\W*)change|release|run) (?:log|record|report)(?: template)?$/u, /^change (?:record|report)$/u, /\b(?:log|report) template\b/u,
  /^(?:log|record) template\b/u, /^deployment log\b/u,
);

/** What is told rather than done. */
export const REFERENCE = anyOf(
  /\btroubleshoot\w*/u,
  /\bcommon (?:[\w-]+ ){0,2}(?:issues?|problems?|errors?|pitfalls?|mistakes?|questions?|scenarios?|patterns?|workflows?|fixes|solutions?|failures?)\b/u,
  /^(?:issue|problem|symptom|probl[eè]mes?|problemas?|sintomas?|s[íi]ntomas?|symptômes?)\s*[:：]/u, /\ben cas (?:de|d')/u,
  /\be[nm] caso de\b/u, /\bbei problemen\b/u, /\bim fehlerfall\b/u, /^(?:si|se) algo\b/u, /^si quelque chose\b/u, /^wenn etwas\b/u,
  /\bknown (?:issues|problems|limitations)\b/u, /\bfrequently asked\b/u,
  /^(?:(?:help|contacts?|questions?|maintenance|escalation|resources|documentation) ?(?:and|&|\/) ?|(?:getting|need|more|further|technical|emergency|additional|community) )?support(?: ?(?:and|&|\/) ?[\w ]+| (?:contacts?|information|info|resources|channels?|teams?|escalation|questions?))?\W*$/u,
  /\b(?:security|performance|design|data migration|important|additional) (?:considerations?|notes?|best practices)\b/u,
  /^(?!.*\bkeys?\b)(?!(?:fix|add|updat|remov|drop|creat|check|verif|migrat|renam|chang|validat)\w*\b)(?:[\w-]+ ){0,2}references?(?: (?:links?|materials?|docs?|documentation|tables?|guides?|sections?|quer(?:y|ies)|commands?|information|sql|implementation|schema|only))?\W*$/u,
  /^references?\s*(?:[:–-]|and\b|&)/u, /\bfor reference\b/u, /\bfurther reading\b/u,
  /\brelated (?:docs?|documents?|documentation|files)\b/u,
  /\bwhat (?:it|they|this|these|the|each|gets?|changed|was|is|are|will|(?<!^(?:check|verify|see|list|show|look at|find out) what )you(?! (?:need|have|must|should|will need|ll need)\b(?: to)? (?:do|run|apply)\b)|we|happens|to expect)\b/u,
  /\bwhat'?s (?:new|changed|included|different|next)\b/u, /\bwhat[ -]if\b/u, /\bhow it works\b/u, /^how (?:it|this|that|they|these) \w+/u, /^how (?!to\b)(?:the |our |your )?[\w -]{2,40} works?\W*$/u, /^what went\b/u, /\bwhy\b/u,
  /^(?:\W*)if (?!all\b|everything\b)/u, /\bin case of\b/u, OPTIONAL_PART, /^(?!.*\b(?:creat|add|insert|test|verif|migrat|updat)\w*\b)(?:[\w-]+ ){0,3}goals?$/u,
  /\bappendi(?:x|ces)\b/u, /\bdirectory structure\b/u, /\bfile structure\b/u,
  /\b(?:quer(?:y|ies)|sql|code|statements|functions|endpoints|files) (?:that |which )?(?:will |may )?(?:needs?|requires?|needing|requiring) (?:updat(?:ing|es)|chang(?:es|ing)|to (?:be )?(?:updated?|changed?|rewritten|adapted))\b/u, /\bnaming conventions?\b/u, /^prevention\b/u, /^(?:key |main )?(?:benefits|advantages)\b/u, /\bfor (?:the )?(?:next|future) (?:migrations?|deployments?|releases?|changes?|time)\b/u, /^(?:(?:key|main|core|system) )+components?\W*$/u, /^re-?running (?:the |this |your )?(?:set-?up|migrations?|scripts?|installation)\W*$/u, /\bschema diagram\b/u, /^(?:(?:database|db|table|final|resulting|complete|full|new|updated) )*(?:schemas?|(?:table )?structures?) (?:\((?:after|before|final|current|resulting)\b[^)]*\)|(?:after|before) (?:the )?(?:fix|migration|changes?|update))\W*$/u, /\bbefore (?:and|\/|vs\.?) after\b/u,
  /\bproblems? analys[ei]s\b/u, /^(?:the |a )?(?:wrong|incorrect|faulty|offending) (?:[\w-]+ ){0,2}(?:constraints?|keys?|references?|columns?|tables?|types?|polic(?:y|ies)|quer(?:y|ies)|schema|structure|design|index(?:es)?|triggers?|functions?|definitions?|joins?)\W*$/u,
  /\broot cause\b/u, /(?<!\b(?:fix|solv|resolv|repair|address|correct)(?:e|es|ing)? (?:(?:the|this|that|your|our|a|an|all) )?(?:[\w-]+ )?)\bproblem(?: statement| description| summary| overview)?s?$/u, /\bimpact (?:analysis|assessment)\b/u,
  /\brisks? (?:assessment|analysis)$/u, /\bfuture (?:work|improvements|enhancements|migrations)\b/u, /^(?!.*\b(?:run|add|apply|enabl|deploy|implement|execut|creat|test|verif|check|updat|fix|install)\w*\b)(?:.*\b)?(?:(?:future|planned) (?:[\w-]+ ){0,3}(?:work|improvements|enhancements|migrations|hardening)|(?:enforcement|security|defen[cs]e|protection) layers|(?:api )?integration points?)\b/u,
  /\b(?:adding|creating|writing|authoring) (?:a |your )?(?:new|future|additional|another|custom) (?:database |schema )?migrations?\b/u,
  /\b(?:issues?|problems?|vulnerabilit(?:y|ies)|findings|gaps|bugs|violations|weaknesses) (?:found|identified|discovered|detected)\b/u, /^findings\b/u,
  /\b(?:analysis|audit|scan|investigation|inspection) (?:results?|findings)\b/u,
  /\bgotchas?\b/u, /\bcaveats?\b/u, /\bpitfalls?\b/u, /\bday[ -]?(?:2|two) (?:operations?|ops|tasks)\b/u,
  /^(?:(?:database|db|ongoing|routine|regular|periodic|scheduled|long[ -]term|system|partitions?|index(?:es)?|tables?|monthly|weekly|daily) )*maintenance(?: (?:tasks?|queries|commands|procedures?|schedule|plan))?\W*$/u,
  /\bnotification template\b/u, /\bcommunication (?:plan|template)\b/u, /\bexamples?\b(?! data)/u,
  /\b(?:frequently|commonly|often)[ -]used (?:[\w-]+ )?(?:quer(?:y|ies)|commands|sql|statements|snippets)\b/u, /\buseful (?:commands|queries)\b/u, /\bcheat ?sheet\b/u, /\bquick reference\b/u, /^notes?$/u, /\btips?(?: (?:and|&) (?:tricks|hints|notes))?\W*$/u, /\balternative(?:s|ly)?\b/u,
  /\bdebug(?:ging)?\b/u, /^(?!.*\b(?:fix|step \d)\b).*\bstill (?:not|no|doesn'?t|isn'?t|cannot|can't|failing|fails|broken|having|seeing|getting|stuck|need)\b/u, /^(?!.*\b(?:fix|step \d|should(?:n'?t| not)?)\b).*\b(?:not|isn'?t|doesn'?t|don'?t|won'?t) (?:(?!distinct )\w+ )?work(?:ing|s)?\b/u,
  /^(?:(?:need|getting|getting more) )?(?:more )?help\W*$/u, /^(?:besoin d'aide|hulp nodig|hilfe benötigt|brauchst du hilfe|brauchen sie hilfe|¿?necesitas ayuda|precisa de ajuda|serve aiuto|hai bisogno di aiuto|нужна помощь|yardım|butuh bantuan|cần (?:trợ giúp|hỗ trợ))(?![\p{L}])/u, /^(?:需要帮助|需要幫助|寻求帮助|도움이 필요)/u,
  /(?<!\btest \d.*)\bincidents? (?:handling|response|management|playbook|runbook|procedures?|scenarios?)\b/u, /^escalat\w*/u, /\bdo not run\b/u, /\bpseudo-?code\b/u, /\btodo later\b/u, /\berrors?: /u, /^error\b(?! (?:logs?|events?|counts?|rates?|tracking|logging)(?: (?:tables?|views?|columns?|checks?|quer(?:y|ies)|functions?|triggers?))*\W*$)/u,
  /\bexpected (?:results?|outputs?|errors?|behaviou?rs?)$/u, /\bcomporta(?:miento|mento)s? esperados?$/u, /^deprecated(?: (?:approach|way|method|version|code|sql))?$/u,
  /\b(?:unlock|unblock)(?:ing)? (?:a |the )?(?:stuck|failed|blocked|hung)\b/u, /\bclean(?:ing)?[ -]?up after (?:a |an |the )?(?:failed|failure|error)\b/u, /\(deprecated\)/u,
  /^(?:old|previous|legacy|wrong) (?:approach|version|way|method|code|sql)$/u, /^plan b\b/u,
  /\bfailure (?:scenarios?|handling|modes?|cases?)\b/u, /\bhandl(?:e|ing) (?:errors?|failures?|problems?)\b/u, /\berror handling\b/u,
  /^manual (?:fix|override|intervention)/u, /\bnice[ -]to[ -]have\b/u, /^(?:bonus|later|future|panic)\b/u,
  /\b(?:sample|helpful|handy|useful|common) (?:[\w-]+ )?(?:queries|sql|commands|statements|snippets)\b/u, /^(?:warnings?|caution|danger(?: zone)?)$/u,
  /^reset$/u, /\b(?:database|db|schema|complete|full|factory|hard) reset\b(?! (?:tokens?|links?|emails?))/u, /\b(?:complete|completely|totally) fresh start\b/u, /\bstart(?:ing)? (?:from scratch|all over)\b.*\breset/u, /\breset (?:the |your |local )?(?:database|db|everything|environment|all)\b/u, /\bstart(?:ing)? over\b/u,
  /\bwip(?:e|ing) (?:the |all )?(?:database|db|data|everything)\b/u, /\b(?:dev(?:elopment)?|local(?:ly)?|testing) only\b/u,
  /^dev(?:elopment)? reset\b/u, /^(?:problem|issue|symptom)s?(?: #?\d+)?\s*:/u,
  /\bif (?:\w+ ){0,3}(?:fail(?:s|ed|ure)?|goes wrong|go wrong|breaks?)\b/u, /\bwhen (?:\w+ ){0,2}(?:goes wrong|go wrong|fails?)\b/u,
  /\bdepannage\b/u, /\bdépannage\b/u, /\bfehlerbehebung\b/u, /\bproblembehebung\b/u, /häufige (?:probleme|fehler)/u,
  /\bsolución de problemas\b/u, /problemas (?:comunes|conocidos|comuns|conhecidos)/u, /probl[eè]mes (?:courants|connus|fréquents)/u,
  /^si [çc]a échoue/u, /en cas d'(?:échec|erreur)/u, /устранение/u, /故障排[除查]/u, /問題排[除查]/u, /问题排[除查]/u, /疑難排解/u, /疑难解答/u, /sorun giderme/u,
  /\bo que (?:foi|mudou)\b/u, /\bqu[ée] (?:cambi[óo]|se corrigi[óo])\b/u, /^参考/u, /^參考/u, /常见问题/u, /常見問題/u, /トラブルシューティング/u, /よくある/u,
  /문제 ?해결/u,
);

/** What closes the work: criteria, approvals, the last list. */
export const SIGNOFF = anyOf(
  /\bsign[ -]?offs?\b/u, /\bsuccess (?:criteria|metrics|indicators|checklist)\b/u, /\bacceptance criteria\b/u, /\bdefinition of done\b/u,
  /\bpost[ -]?(?:deploy(?:ment)?|migration) (?:checklist|sign|tasks|actions)\b/u, /\bfinal (?:[\w-]+ ){0,2}checklist\b/u,
  /\bcomplet(?:e|ed|ion) (?:[\w-]+ )?(?:checklist|criteria)\b/u, /\bchecklist summary\b/u,
  /^(?!(?:add|creat|fix|updat|test|verif|check|migrat|remov)\w*\b)(?:[\w-]+ ){0,3}approvals?(?: (?:required|needed|chain|gate|checklist|form|section|matrix))?\W*$/u,
  /\bsummary checklist\b/u,
  /\b(?:checklists?|lista de (?:verificaci[óo]n|verificação|comprobación|control)|liste de (?:contrôle|vérification)|lista di controllo|checkliste) fina(?:l|le)\b/u, /\b(?:finale?|letzte|abschließende) checkliste\b/u, /\babschluss-?checkliste\b/u,
  /最[终終](?:检查|檢查|确认|確認|チェック)/u, /итогов\p{L}* (?:чек|провер)/u, /финальн\p{L}* (?:чек|провер)/u, /최종 (?:체크|확인)/u, /\bson kontrol/u, /\b(?:checklist|lista de verificaci[óo]n|lista de verificação) (?:de |di |d['e])?(?:conclus|finali[sz]a|cierre|encerramento|cl[ôo]ture|completamento|entrega|aceita)/u, /\b(?:daftar periksa|ceklis|checklist) akhir\b/u,
  /(?:完成|成功|验收|驗收)(?:标志|標誌|标准|標準|条件|條件|指标)/u, /\b(?:crit[eé]rios?|criterios|critères|erfolgs\w*) (?:de |d[eo] )?(?:sucesso|éxito|aceita[çc][ãa]o|aceptación|succès|acceptation)/u, /^(?:erfolgs|abnahme)kriterien/u, /成功基準|完了条件/u,
);

/** Watching after the deployment. */
export const MONITOR = anyOf(
  /\bmonitor(?:ing)?\b/u, /\balerts?\b/u, /\bmetrics\b/u, /\bfirst (?:hour|day|week|month|24 hours|\d+ (?:minutes|hours|days))\b/u,
  /\bobservability\b/u, /überwachung/u, /surveillance/u, /监控/u, /監視/u,
);

/** What is done before. */
export const PREPARE = anyOf(
  /\bpre-?requisites?\b/u, /\bpre[ -](?:\w+)\b/u, /\bpreflight\b/u, /\bpreparations?\b/u, /\bprepare\b/u,
  /\bbefore (?:you|starting|restor\w*|upgrad\w*|import\w*|cut-?over|roll-?out|go-?live|switch\w*|releas\w*|deploy\w*|migrat\w*|running|applying|the|begin\w*)\b/u, /\bback[ -]?ups?\b/u, /\bdependenc(?:y|ies)\b/u,
  /\brequirements?\b/u, /(?<!\blaunch )\breadiness\b(?! (?:status|reports?|logs?|summary|scores?|assessment|results?)\b)/u, /\bbaseline\b/u, /\bvoraussetzungen\b/u, /\bprérequis\b/u, /\bprerrequisitos\b/u,
  /\bpré-requisitos\b/u, /前提/u, /准备/u, /準備/u,
  /^(?:be)?vor (?:der|dem|den|die|das|dies\w+) \p{L}/u, /^avant (?:l[ae'] ?|d[eu'] ?|tout)/u, /^antes (?:de|da|do|del)\b/u, /^prima (?:di|della|del)\b/u, /^voor de \p{L}/u,
  /(?:部署|迁移|遷移|执行|執行|上线|上線|升级|升級|发布|發佈|デプロイ|移行|実行|適用)(?:之|の)?前/u, /^(?:预|預)(?:部署|检查|檢查|迁移|遷移|验证|驗證)/u, /^事前/u,
);

/** "After the migration", in other languages. */
const AFTER = [
  /(?<![\p{L}])(?:après|nach|despu[ée]s de|depois d[aeo]|após|dopo|na|setelah|sau khi|po|после) (?:(?:l[ae']|les?|l'|der|dem|das|den|el|il|a|o|da|do|de|di|het|aplicar|ejecutar|executar|menjalankan) ?)*(?:migra|мигра|deploy|déploi|desplieg|implanta|install|ausführ|einspiel|exécut|ejecu|execu|applica|aplica|appliqu|update|mise à|upgrade|применен|esegui|esecu|выполнен|разв[её]рт|деплой|wdroż|chạy|triển khai|nâng cấp)/u,
  /^after (?:the |you(?:'ve| have)? )?(?:deploy|migrat|execut|upgrad|running|applying|release|rollout|cut-?over|switch-?over)/u,
  /(?:迁移|遷移|部署|执行|執行|升级|升級|上线|上線|更新)(?:之|完成)?(?:后|後)/u, /(?:移行|デプロイ|適用|実行|アップグレード)後/u, /(?:마이그레이션|배포|적용|실행) ?후/u,
];

/** What looks at the outcome. */
export const VERIFY = anyOf(
  /kiểm tra/u, /xác minh/u, /проверк/u, /weryfikac/u, /ověřen/u, /doğrulama/u, /검증/u, /확인/u,
  /\bverif(?:y|ies|ying|ication|ications|ied)\b/u, /\bvalidat(?:e|es|ing|ion|ions)\b/u,
  /\bpost[ -](?:deploy\w*|migration|install\w*|apply|upgrade|run|release|launch)\b/u, /\btest(?:s|ing|ed)?\b/u, /\bchecks?\b/u,
  /\bconfirm(?:ation)?\b/u, /\bsmoke\b/u, /\bhealth\b/u, /\bsanity\b/u, /\bqa\b/u, /überprüf\w*/u, /verifi(?:zier|kation)\w*/u, /^prüf(?:ung|en)\w*/u, /\bvérifi\w*/u,
  /\bvalid(?:a[çc][ãaõo]o?|aci[óo]n|azione|ier\w*|er la|ar)/u, /\bverifi(?:c|qu|k|ë|ed)\w*/u, /验证/u, /驗證/u, /検証/u, /確認/u,
  /\btest(?:a|e|ar|er|en|es|ando|ez|are|ate)\b/u, /\b(?:pruebas?|probar|prove?)\b(?! de concepto)/u, /тест/u, /провер/u, /测试(?!数据|环境)/u, /測試(?!資料|環境)/u, /テスト(?!データ|環境)/u, /테스트(?! ?(?:데이터|환경))/u,
  /\b(?:periksa|pengujian|pengecekan|uji coba)\b/u, /\bcontrole(?:er|ren|ren)\w*/u, /\bcontroll(?:are|a|o finale)\b/u, /\bcontrôler\b/u, /\bkontroll(?:e|ieren)\b/u, /sprawdz/u, /\bkontrol et/u, /检查(?!清单|表|单)/u, /檢查(?!清單|表|單)/u,
  ...AFTER,
);

/** The work itself. */
export const DEPLOY = anyOf(
  /\bappl(?:y|ying|ies)\b/u, /\bdeploy\w*/u, /\bmigrat\w*/u, /\bexecut\w*/u, /\brun(?:ning)?\b/u, /\binstall\w*/u, /\bsteps? \d/u,
  /\bsteps?$/u, /\bprocedures?\b/u, /\binstructions?\b/u, /\bphase \d/u, /\bcreat\w*/u, /\badd(?:ing)?\b/u, /\bimplement\w*/u,
  /\bupdate\w*/u, /\bfix(?:es)?\b/u, /\bset ?up\b/u, /\brollout\b/u, /\brelease\b/u, /\bquick start\b/u, /\busage\b/u, /\bhow to\b/u,
);

/** What may be left out, said in a title. */
export const OPTIONAL = anyOf(
  /\(nếu cần\)/u, /t[ùu][ỳy] chọn/u, /tuỳ chọn/u, /không bắt buộc/u,
  /\((?:only )?(?:if|when|as|where) (?:[\w' ]{1,20} )?(?:needed|necessary|required|desired|wanted|applicable|you (?:want|wish|prefer|like))\)/u, /\(if (?:it is |they are |it's )?(?:not (?:already |yet )?(?:set|done|configured)|missing)\)/u,
  /\b(?:clean(?:ing)? ?-?up|delet(?:e|ing)|remov(?:e|ing)|purg(?:e|ing)|repair(?:ing)?|reset(?:ting)?)\b.*\((?:only )?if (?:found|present|any|they|there|it|one|some|still)\b[^)]*\)\W*$/u,
  /\((?:[^)]*\b)?optional\b[^)]*\)/u, OPTIONAL_PART, /\bnice[ -]to[ -]have\b/u, /\bopcional(?:mente)?\b/u, /\boptionnel(?:le)?\b/u, /\bfacultati[fv]\w*\b/u,
  /\bfacoltativ[oa]\b/u, /選用/u, /可選/u, /可选/u, /任意/u, /選擇性/u, /선택 ?사항/u, /по желанию/u, /опциональн/u, /необязательн/u, /isteğe bağlı/u, /\bopzional[ei]\b/u, /\bopcjonaln/u, /\boptioneel\b/u, /\bnepovinn/u, /\bvoliteln/u, /\bvalgfri/u, /\bvalfri/u,
);

/** What surrounds a migration in a document and is never a step of it: why, what else, what one might want later. */
export const REFERENCE_AROUND = anyOf(
  /^tl;? ?dr\b/u, /^(?!.*\b(?:verif|check|test|step)\w*\b.*\([^()]*\bvs\b)(?:.*)\bvs\b/u, /\bversus\b/u,
  /^(?:the )?(?:final|target|resulting|desired) (?:[\w-]+ )?structure\W*$/u, /^(?:the )?(?:correct|right|ideal|intended) (?:(?:database|db|table|data|schema) )?(?:design|structure)\W*$/u,
  /^(?:the )?(?:current|existing|target|desired|proposed|final|end) (?:state|situation|schema|design)\b(?! (?:snapshot|capture|check|dump|backup|audit|verification|validation))/u,
  /\bif (?:it|things?|something|anything|all|everything) (?:\w+ )?(?:goes?|turns?|blows?|breaks?|crashes)\b/u,
  /^(?:worst|best)[ -]cases?\b/u, /^disasters?\b/u, /^(?:escape hatch|safety net|kill switch|last resort)\b/u,
  /\((?:separate|later|future|next(?! (?:\d+ )?(?:days?|weeks?|months?|hours?)\b)|not now|not yet|out of scope)\b[^)]*\)/u, /(?:^[\d\W]*|\bkey )(?:lessons|learnings)\W*$|\b(?:lessons|learnings) (?:learned|learnt)\W*$|\btake-?aways\W*$/u, /\blearning notes?\b/u, /\blessons learned\b/u, /^changes made\b/u, /^changes (?:made )?(?:to|in) `?[\w./-]+\.sql\b/u, /^(?:possible|potential|likely|probable) (?:root )?causes?\b/u, /^causes? #?\d+\s*[:.)–—-]/u, /\bdeep[ -]dive\b/u, /^how to query\b/u, /^reset (?:scripts?|quer(?:y|ies)|statements?|sql)\b/u, /^implementation summary\W*$/u, /\bpost-?mortems?\b/u,
  /\bretrospective\b/u, /^(?:migration |version |change |revision |release )?history\W*$/u, /\brationale\b/u,
  /^motivation\b/u, /^assumptions\b/u, /\bopen questions\b/u, /\bout of scope\b/u, /^(?:open|remaining|product|sprint) (?:backlog|road ?map|wish ?list)\b/u,
  /^(?:design )?decisions?(?: (?:log|records?|made|points?))?\W*$/u, /^(?:limitations|trade-?offs)\b/u, /^annexe?s?\b/u,
  /^(?:anhang|anexo|apéndice|apêndice|allegato|bijlage)(?![\p{L}])/u, /^(?:附录|附錄|付録)/u,
  /^(?:possible |quick |common )?(?:solutions|fixes|causes|remedies)\W*$/u, /^solution #?\d+\b/u,
  /\b(?:implementation|technical|internal) (?:details|notes|design|background)\b/u,
  /^managing (?:[\w-]+ ){1,3}later\W*$/u, /\bcommon (?:[\w-]+ )?(?:tasks|operations|queries|commands|use ?cases|adjustments)\b/u,
  /^(?:admin(?:istration|istrative)?|day[ -]to[ -]day|operational|ad[ -]?hoc|analytics|reporting) (?:tasks?|operations|queries|commands|sql)\b/u,
  /^(?:operations|administration)(?: (?:guide|manual))?\W*$/u,
  /^(?:schema|api|query|table|database|data) (?:docs|documentation|details|dictionary)\b/u, /\bquery (?:patterns|recipes|cookbook)\b/u,
  /^(?:er|data flow|sequence) diagrams?\b/u,
  /\bsynthetic (?:data|data ?sets?|rows|records)\b/u, /^(?:test|sample|dummy|mock|fake) data (?:generation|generators?)\b/u,
  /^deliverables\b/u, /\bcustomi[sz]ing\b/u, /\bcommands? used\b/u, /\((?:run |do this |repeat )?every (?:hour|day|week|month|quarter|year|mon|tues|wednes|thurs|fri|satur|sun)\w*\)/u,
);

/** The same in other languages: conditions, troubleshooting, examples, handy queries, overviews and notes. */
export const REFERENCE_ELSEWHERE = anyOf(
  /^(?:an[áa]lisis?e?|analyse|analisi) (?:del?|du|do|dos|des|dei|los) (?:los )?probl[eè]m[ae]?s?(?![\p{L}])/u, /^problemanalyse(?![\p{L}])/u, /^анализ проблем/u, /^(?:问题|問題)分析/u,
  /^(?:estructura|estrutura|structure|struttura) (?:[\p{L}]+ )?fina(?:l|le)\W*$/u, /^(?:endgültige |finale )(?:\p{L}*)struktur\W*$/u, /^endstruktur\W*$/u, /^(?:最终|最終)(?:结构|結構|構造)/u,
  /\b(?:cr(?:iar|iando|ear|eando|éer|eare)|adicionar|añadir|agregar|ajouter|aggiungere|escrever|escribir|écrire) (?:uma? |una? |une )?(?:nov[ao]s?|nuev[ao]s?|nouvelles?|nuov[ae]) (?:migra|migration)/u,
  /\bneue\w* migration\w* (?:erstellen|anlegen|hinzufügen|schreiben|hinzufuegen)/u, /(?:新增|新建|创建|添加|建立|編寫|编写)(?:一?个)?新?的?(?:数据库|資料庫)?(?:迁移|遷移)$/u, /(?:新しい|新規)マイグレーション/u,
  /^not(?:as?|es) (?:d[eo]|d'|sobre|sur|técnic|techni)/u, /^(?:det(?:alles|alhes)|détails) (?:d[eo]|d'|da|técnic|techni) ?(?:la |l')?(?:implement|implémentation)?/u, /^(?:implementierungs|technische )(?:details|hinweise|notizen)/u,
  /^(?:como|cómo|comment) (?:isso|isto|esto|se|ça|cela) (?:é|est[áa]|ha|fonctionne|funciona|implement)/u, /\b(?:séparément|plus tard|más adelante|mais tarde)\b/u,
  /^(?:che )?cosa (?:viene|verrà|è|fa|farà|cambia|include|contiene)(?![\p{L}])/u, /^(?:o que|qu[ée]) (?:é|será|faz|hace|incluye|inclui|contiene|contém|se (?:aplica|cambia|crea))(?![\p{L}])/u, /^ce qui (?:est|sera|a|change)(?![\p{L}])/u,
  /^was (?:wird|wurde|macht|ändert|passiert|enthält|enthalten)(?![\p{L}])/u, /^wat (?:wordt|doet|verandert)(?![\p{L}])/u, /^(?:做了什么|变更内容|變更內容|修改内容|更新内容|包含内容|変更内容)/u,
  /^(?:il |o |el |le )?problem[ae]? (?:identific|trovat|riscontrat|encontrad|detectad)/u, /^problème (?:identifié|constaté|détecté)/u, /^(?:cause?|causa|ursache|原因|neden|причина)(?: (?:ra[ií]z|principale?|racine|profonde|radice))?\W*$/u, /^(?:contexto?|contexte|kontext|contesto)(?: (?:del?|do|da|du|des|della) .*)?\W*$/u, /^(?:sorun|hata)(?: \d+)?\s*:/u, /^(?:problema|проблема|sorun|masalah|问题|問題)\W*$/u,
  /\b(?:explicaci[óo]n|explicação|explication|spiegazione|erläuterung)(?: t[ée]\w+)?\W*$/u, /\b(?:comandos|procedimi?entos?|plan[o]?|pasos|passos|commandes|procédure) (?:de |d')(?:emerg[eê]n[cç]ia|urgence)\b/u, /^(?:notfall|emergencia|emergência|acil durum)/u, /^(?:紧急|緊急)/u,
  /^что (?:создаётся|создается|изменится|изменилось|делает|нового|включено)/u,
  /^haeufige (?:probleme|fehler)/u, /^(?:日常|定期|常规)?(?:维护|維護|保守|メンテナンス)(?:计划|計畫|任务|操作)?$/u,
  /xử lý (?:lỗi|sự cố)/u, /khắc phục/u,
  /^(?:falls|wenn|sollten? (?:etwas|es|sie|die|der|das)|bei (?:problemen|fehlern?)|si|se|s'il|als|jeśli|jeżeli|если|при (?:ошибк|сбо|проблем)\p{L}*|eğer|pokud|om|w razie)(?= )/u,
  /^(?:如果|若|万一|もし|万が一|만약)/u, /\b(?:toujours pas|sigue sin|aún no funciona|todavía no|ainda não|immer noch|noch immer nicht|nog steeds niet|ancora non)\b/u, /всё ещё не|все еще не|仍然(?:不|无)|まだ.*ない/u,
  /(?:開発|テスト|ローカル)(?:環境)?(?:のみ|専用|だけ)/u, /(?:仅|僅|只)(?:限|供|用于|在)?(?:开发|開發|测试|測試|本地)/u, /(?:개발|로컬|테스트) ?(?:환경)? ?(?:전용|만)/u,
  /\b(?:nur|solo|sólo|somente|apenas|uniquement|seulement|alleen|tylko|hanya|только)(?: \p{L}+){0,2} (?:dev\w*|entwicklung\w*|desarrollo|desenvolvimento|développement|sviluppo|ontwikkeling|pengembangan|lokale?\w*|local\w*|разработк\p{L}*)/u,
  /(?<!(?:datos|dados|données|registros|usuarios|usuários|utilisateurs|tablas|tabelas) d(?:e |'))\b(?:exemples?|ejemplos?|exemplos?|beispiele?|esemp(?:io|i)|voorbeeld(?:en)?)\b/u,
  /^(?:przykład|příklad|пример|örnek)\p{L}*/u, /(?:示例|例子|范例|範例|使用例|サンプル|예시|예제)(?!数据|數據|資料|データ|데이터)/u,
  /\b(?:consultas|comandos|requêtes|commandes|abfragen|befehle|query|comandi) (?:[úu]t(?:iles|eis|ili)|utiles|comunes|comuns|frec\p{L}+|freq\p{L}+|fréq\p{L}+|nützlich\p{L}*)/u,
  /\b(?:nützliche|häufige|hilfreiche) \p{L}+/u, /常用(?:查询|查詢|命令|sql)/u, /よく使う/u, /유용한/u, /полезн\p{L}+/u,
  /\bfehler(?:suche|analyse|diagnose|behandlung)\b/u, /\bproblemlösung(?:en)?\b/u, /risoluzione dei problemi/u, /rozwiązywanie problemów/u,
  /probleemoplossing/u, /problemen oplossen/u, /felsökning/u, /řešení problémů/u,
  /\b(?:resolução|solução|soluções|solución|soluciones|résolution) (?:de|des|d'|para|aux) ?(?:problemas?|erros?|errores?|problèmes?|erreurs?)\b/u,
  /\bsolucionar problemas\b/u, /^(?:poss[íi]veis |posibles |autres )?(?:soluções|soluciones|lösungen|soluzioni)\W*$/u, /^(?:solução|solución|lösung|soluzione) #?\d+(?![\p{L}\d])/u,
  /\b(?:erreurs|errores|erros) (?:courantes|fréquentes|comunes|frecuentes|comuns|frequentes|connues|conocidos|conhecidos|posibles|possíveis)\b/u,
  /\b(?:preguntas|perguntas) fre[cq]uentes\b/u, /\bquestions fréquentes\b/u, /foire aux questions/u,
  /^(?:(?:wichtige|weitere|allgemeine|important[eis]*|önemli|важные) )?(?:überblick|übersicht|hinweise?|catatan(?: penting)?|lưu ý|note importanti|notlar|hintergrund|anmerkungen|zusammenfassung|resumen|resumo|résumé|panoramica|panorama|notas?|remarques?|observaç(?:ão|ões)|observaciones|contexto?|contexte)(?: (?:general|geral|importantes?|técnicos?|finales|finais)| ejecutivo| executivo)?\W*$/u,
  /\bvue d'ensemble\b/u, /\bvisi(?:ón|on|ão) general?\b/u, /\bvisão geral\b/u, /\bdescripción general\b/u,
  /\b(?:buenas|boas|bonnes|mejores|melhores|meilleures) (?:pr[áa]cticas|pr[áa]ticas|pratiques)\b/u,
  /^(?:概述|概览|概覽|概要|背景|说明|說明|备注|備註|備考|総括|개요|참고|обзор|примечани[ея])\W*$/u, /注意事[项項]/u, /^(?:重要)?(?:提示|提醒|注意点|注意)\W*$/u, /^важно\W*$/u, /最佳实践/u, /最佳實踐/u, /ベストプラクティス/u,
);

/** A number in front of a title, in words: what it says stands behind. */
export const STEP_NUMBER = /^(?:step|task|part|phase|paso|passo|etapa|fase|étape|schritt|passaggio|stap|krok|adım|langkah|bước|шаг|第|步骤|步驟|ステップ|단계) ?\d+(?:\.\d+)*[步歩]?\s*[:：.)—–-]\s*(?=\S)/u;

/** A case that something went wrong, or still is. */
export const TROUBLE = anyOf(
  /^(?:if|in case|still)\b(?! (?:all|everything)\b)(?!.*\bno (?:errors|issues|problems)\b).*\b(?:still|issues?|problems?|errors?|fail\w*|persist\w*|wrong|broken|stuck|(?:not|n't) work\w*)\b/u,
  /^(?:si|se|falls|wenn|sollte\p{L}*|bei|als|si[çc]|s'il|если|jeśli|eğer|en cas)(?![\p{L}]).*(?:probl[eè]m|erro|erreur|fehler|fout|fall|échou|échec|persist|besteh|siguen?(?![\p{L}])|ainda|encore|immer noch|nog steeds|toujours|ошибк|проблем|сохран|błęd|błąd|hata|sorun)/u,
  /^(?:如果|若|万一|もし|만약).*(?:问题|問題|错误|錯誤|失败|失敗|エラー|仍|还|まだ|오류|문제)/u,
);

/** What comes when all is done: told, unless it holds boxes to tick. */
export const NEXT = anyOf(
  /^next steps?\b(?! to (?:complete|do|run|apply|deploy|finish|verify|validate|check|test|confirm)\b|\s*[:–—]\s*\p{L})/u, /^follow[ -]?ups?\b/u, /^pr[óo]ximos pass?os\b/u, /^prochaines étapes\b/u, /^nächste schritte\b/u, /^次のステップ/u, /^下一步/u,
  /^后续步骤/u, /^後續步驟/u,
);

/** What is done with what was built, day by day: told, where the steps stand before it. */
export const USAGE = anyOf(
  /^(?:(?:basic|typical|general|daily|everyday) )?usage(?: (?:guide|notes|instructions|patterns?))?\W*$/u, /^how to use\b(?!.*\b(?:guide|scripts?|migrations?|runbook|files?|document|checklist)\b)/u,
  /^using (?:the |your |these |this )?(?:new )?(?:[\w-]+ )?(?:tables?|functions?|views?|columns?|schema|features?|types?|procedures?)\W*$/u,
  /^(?:(?:key|main|new|notable|advanced) )?features(?: (?:overview|summary|added|included|explained))?\W*$/u,
  /^utili(?:sation|[sz]ação|[sz]ación|zzo)\W*$/u, /^uso\W*$/u, /^(?:c[óo]mo (?:usar|utilizar)|comment (?:l')?utiliser|come (?:usar|utilizzar)\p{L}+)(?![\p{L}])/u,
  /^(?:verwendung|benutzung|nutzung|gebruik|użycie|kullanım|penggunaan|cách sử dụng|использование)\W*$/u, /^(?:使用|使用方法|使用说明|使用說明|用法|使い方|사용법|사용 방법)$/u,
);

/** The commands of the steps once more, for who is in a hurry. */
export const QUICK = anyOf(
  /^quick (?:commands|queries|sql)\W*$/u, /^comandos r[áa]pidos/u, /^commandes rapides/u, /^comandi rapidi/u, /^schnellbefehle/u, /^schnelle befehle/u, /^быстрые команды/u, /^(?:快速|快捷)(?:命令|指令)/u, /^クイックコマンド/u,
);

/** One half of a comparison: "Before (broken)", "After". */
export const CONTRAST = anyOf(
  /^(?:before|after|current|target|existing|proposed|desired|antes|depois|despu[ée]s|avant|après|vorher|nachher|prima|dopo|önce|sonra|до|после|было|стало|przed|po|voor|na|sebelum|sesudah|setelah|trước|sau|이전|이후|之前|之后|修正前|修正後|変更前|変更後|old|new|bad|good|wrong|right|incorrect|correct|修改前|修改後|修改后|变更前|变更后)(?: ?\([^)]*\))?\W*$/u,
  /^(?:old|new) (?:application )?(?:code|quer(?:y|ies)|pattern|way|usage|syntax)(?: ?\([^)]*\))?\W*$/u,
);

/** What a migration changes, as a list: told, where a chapter of steps follows. */
export const CHANGES = anyOf(
  /^(?:the )?(?:database|schema|table|data|sql|model)(?: and \w+)? changes(?: summary| overview)?\W*$/u, /^(?:cambios|alteraç(?:ões|oes)|mudanças|changements|modifications|modifiche) (?:en|no|na|nos|del?|du|au|dans|à|al|nel|d[aeo]) ?(?:el |la |le )?(?:schema|esquema|schéma|tablas?|tabelas?|base|banco|datos|dados)\b/u, /^(?:schema|datenbank|tabellen)änderungen/u, /^(?:数据库|資料庫|表结构|schema) ?(?:变更|變更|修改)$/u, /^(?:new|changed) (?:(?:tables?|columns?|schema)\b|(?:(?:rls|security|database|storage) )*(?:polic(?:y|ies)|functions|triggers|indexes)\W*(?:\d+\+?\W*)?$)/u,
  /^(?:table|schema) definitions?\W*$/u, /^(?:the |our |proposed )?solutions?(?:\W+(?!to\b)|$)/u,
  /^(?:(?:the|new|database|core|helper|main|supporting) )*(?:tables|functions|views|objects|schema|structure)\W*$/u,
  /^(?:tables|functions|views|triggers|indexes|policies|enums)(?: ?(?:&|and|\+|\/) ?(?:tables|functions|views|triggers|indexes|policies|enums))+\W*$/u,
);

/** The chapter of steps itself. */
export const STEPS = anyOf(
  /\b(?:migration|deployment|execution|installation|rollout|upgrade|application) (?:steps|procedure|instructions|process|sequence)\b/u,
  /\b(?:migration|complete|full|sql) scripts?\b/u, /\bscripts? (?:de migra\w+ )?(?:complet[oe]|completo)\b/u,
  /\bstep[ -]by[ -]step\b/u, /\bhow to (?:apply|deploy|run|migrate)\b/u, /^(?:applying|running|deploying|executing) (?:the )?migrations?\b/u,
);

/** A list of boxes; where it stands tells which. */
export const CHECKLIST = anyOf(
  /\bcheck[ -]?list(?:s|e|en|a)?\b/u, /チェックリスト/u, /檢查清單/u, /检查清单/u, /清单$/u, /清單$/u, /чек-?лист/u, /체크 ?리스트/u, /\b(?:lista|liste) d(?:e|i) (?:verificaci[óo]n|verificação|comprobación|control|controllo|contrôle|vérification)\b/u, /\bkontrol listesi\b/u, /\b(?:daftar periksa|ceklis)\b/u, /\bcontrolelijst\b/u,
);
