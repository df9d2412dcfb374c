import { cases } from './table.ts';

// The pension was not published: 50 a month is filled in here; a period has two months.
cases(
  'nuestros-mayores-derechos',
  `
  what                        | date       | household           | members                              | evidence | gives
  seventy, with a grandchild  | 2010-01-10 | poor #pension=50.00 | A 1940-01-01; C 2005-01-01           | -        | 100.00
  sixty-nine                  |            |                     | A 1940-01-02; C 2005-01-01           |          | 0.00
  two of seventy              |            |                     | A 1940-01-01; B 1930-01-01           |          | 200.00
  with a contributory pension |            |                     | A 1940-01-01 contributory_pension    |          | 0.00
  recorded without one        |            |                     | A 1940-01-01 contributory_pension=no |          | 100.00
  not poor                    |            | poor=no             | A 1940-01-01                         |          | 0.00
  not published               |            | poor                |                                      |          | needs parameters.pension
  `,
);
