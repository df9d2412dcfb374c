import { cases } from './table.ts';

// In 2021: health 186,650 for the displaced, 160,050 for others; education 53,350 in grade 0, 26,750 in grades 1 to 5, not
// published above. What is paid in July is verified by the attendance of February and March.
cases(
  'familias-en-accion',
  `
  what                                 | date       | household                             | members                    | evidence                                    | gives
  health of the displaced              | 2021-07-10 | population=displaced                  | C 2015-07-02               | C checkups_pct 100 -5                       | 186650.00
  health of others                     |            | population=sisben                     |                            |                                             | 160050.00
  and of Unidos                        |            | population=unidos                     |                            |                                             | 160050.00
  a check-up missed                    |            | population=displaced                  |                            | C checkups_pct 99 -5                        | 0.00 lost=186650.00
  no evidence loses it                 |            |                                       |                            | -                                           | 0.00 lost=186650.00
  six on the first of July             |            |                                       | C 2015-07-01               | C checkups_pct 100 -5                       | 0.00
  one of two infants missed            |            |                                       | C 2016-01-01; D 2016-01-01 | C checkups_pct 100 -5; D checkups_pct 99 -5 | 0.00 lost=186650.00
  health: the second month counts      |            |                                       | C 2016-01-01               | C checkups_pct 100 -4                       | 186650.00
  health: both months                  |            |                                       |                            | C checkups_pct 100 -5; C checkups_pct 99 -4 | 0.00 lost=186650.00
  health: neither is made up for       |            |                                       |                            | C checkups_pct 99 -5; C checkups_pct 100 -4 | 0.00 lost=186650.00
  health: the month before is not read |            |                                       |                            | C checkups_pct 99 -6; C checkups_pct 100 -5 | 186650.00
  health: the month after is not read  |            |                                       |                            | C checkups_pct 100 -4; C checkups_pct 99 -3 | 186650.00
  group 4 in 2020                      | 2020-07-10 | population=sisben territorial_group=4 | C 2016-01-01               | C checkups_pct 100 -5                       | 179600.00
  groups 1 to 3 are not published      |            | population=sisben territorial_group=3 |                            |                                             | needs parameters.health
  nor the first of them                |            | population=sisben territorial_group=1 |                            |                                             | needs parameters.health
  there is no group 0                  |            | population=sisben territorial_group=0 |                            |                                             | 0.00
  nor 5                                |            | population=sisben territorial_group=5 |                            |                                             | 0.00
  `,
);

cases(
  'familias-en-accion',
  `
  what                              | date       | household         | members                          | evidence               | gives
  grade 0                           | 2021-07-10 | population=sisben | C 2012-01-01 g0                  | C attendance_pct 80 -5 | 53350.00
  grade 1                           |            |                   | C 2012-01-01 g1                  |                        | 26750.00
  grade 5                           |            |                   | C 2012-01-01 g5                  |                        | 26750.00
  grade 6 is not published          |            |                   | C 2012-01-01 g6                  |                        | needs parameters.education
  nor grade 11                      |            |                   | C 2012-01-01 g11                 |                        | needs parameters.education
  nothing in grade 12               |            |                   | C 2012-01-01 g12                 |                        | 0.00
  failed two years                  |            |                   | C 2012-01-01 g1 failed_years=2   |                        | 26750.00
  failed three                      |            |                   | C 2012-01-01 g1 failed_years=3   |                        | 0.00
  attendance of 79                  |            |                   | C 2012-01-01 g1                  | C attendance_pct 79 -5 | 0.00 lost=26750.00
  no evidence loses it              |            |                   |                                  | -                      | 0.00 lost=26750.00
  the second month counts           |            |                   |                                  | C attendance_pct 80 -4 | 26750.00
  a bad second month                |            |                   |                                  | C attendance_pct 99 -5; C attendance_pct 79 -4 | 0.00 lost=26750.00
  a bad first month                 |            |                   |                                  | C attendance_pct 79 -5; C attendance_pct 99 -4 | 0.00 lost=26750.00
  two halves are no whole           |            |                   |                                  | C attendance_pct 50 -5; C attendance_pct 50 -4 | 0.00 lost=26750.00
  the month before is not read      |            |                   |                                  | C attendance_pct 10 -6; C attendance_pct 80 -5 | 26750.00
  the month after is not read       |            |                   |                                  | C attendance_pct 80 -4; C attendance_pct 10 -3 | 26750.00
  one of two pupils                 |            |                   | C 2012-01-01 g0; D 2012-01-01 g1 | C attendance_pct 79 -5; D attendance_pct 80 -5 | 26750.00 lost=53350.00
  a first failure of four in a year | 2021-07-10 |                   | C 2012-01-01 g1                  | C attendance_pct 79 -5 | 0.00 step=-
  a second                          | +          |                   |                                  |                        | 0.00 step=-
  a period that is met              | +          |                   |                                  | C attendance_pct 80 -5 | 26750.00 step=-
  a third                           | +          |                   |                                  | C attendance_pct 79 -5 | 0.00 step=-
  the fourth within twelve months   | +          |                   |                                  |                        | 0.00 step=suspension
  `,
);
