import { Box, Text } from 'ink';
import { memo, type ReactNode } from 'react';
import type { Line } from './line.js';
import { colours } from './theme.js';

const Row = memo(function Row({ content }: { content: Line }): ReactNode {
  return (
    <Text wrap="truncate">
      {content.every((one) => one.text === '') ? ' ' : content.map((one, index) => <Text key={index} {...colours[one.tone]} {...(one.bold ? { bold: true } : {})}>{one.text}</Text>)}
    </Text>
  );
}, (before, after) => JSON.stringify(before.content) === JSON.stringify(after.content));

/** Lines, one terminal row each. */
export function Rows({ lines }: { lines: Line[] }): ReactNode {
  return <Box flexDirection="column" width="100%">{lines.map((content, index) => <Row key={index} content={content} />)}</Box>;
}
