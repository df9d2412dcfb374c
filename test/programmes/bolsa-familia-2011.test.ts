import { cases } from './table.ts';

// Lines and amounts by decree: 70/140 and 70, 32, 38 until May 2014; 77/154 and 77, 35; from July 2016 85/170 and
// 85, 39, 46; from July 2018 89/178 and 89, 41. The bsp tops everybody up to 70.01.
cases(
  'bolsa-familia-2011',
  `
  what                                         | date       | household                | members                                  | evidence | gives
  extreme poverty at its line                  | 2014-05-10 | income_per_capita=70.00  | A 1970-01-01                             | -        | 70.00
  a cent above it                              |            | income_per_capita=70.01  |                                          |          | 0.00
  poverty at its line                          |            | income_per_capita=140.00 | C 2004-01-01                             |          | 32.00
  a cent above it                              |            | income_per_capita=140.01 |                                          |          | 0.00
  the line of 2014                             | 2014-06-10 | income_per_capita=77.00  | A 1970-01-01                             |          | 77.00
  a cent above it                              |            | income_per_capita=77.01  |                                          |          | 0.00
  the last month of that line                  | 2016-06-10 | income_per_capita=77.01  |                                          |          | 0.00
  poverty in 2014                              | 2014-06-10 | income_per_capita=154.00 | C 2004-01-01                             |          | 35.00
  a cent above it                              |            | income_per_capita=154.01 |                                          |          | 0.00
  the line of 2016                             | 2016-07-10 | income_per_capita=85.00  | A 1970-01-01                             |          | 85.00
  a cent above it                              |            | income_per_capita=85.01  |                                          |          | 0.00
  poverty in 2016                              |            | income_per_capita=170.00 | C 2006-01-01                             |          | 39.00
  a cent above it                              |            | income_per_capita=170.01 |                                          |          | 0.00
  the line of 2018                             | 2018-07-10 | income_per_capita=89.00  | A 1970-01-01                             |          | 89.00
  a cent above it                              |            | income_per_capita=89.01  |                                          |          | 0.00
  poverty in 2018                              |            | income_per_capita=178.00 | C 2008-01-01                             |          | 41.00
  a cent above it                              |            | income_per_capita=178.01 |                                          |          | 0.00
  the last day of fifteen                      | 2016-07-10 | income_per_capita=170.00 | C 2000-07-02                             |          | 39.00
  sixteen on the first of the month            |            |                          | C 2000-07-01                             |          | 46.00
  the last day of seventeen                    |            |                          | C 1998-07-02                             |          | 46.00
  eighteen                                     |            |                          | C 1998-07-01                             |          | 0.00
  two youths                                   |            |                          | C 2000-01-01; D 2000-01-01               |          | 92.00
  a third youth adds nothing                   |            |                          | C 2000-01-01; D 2000-01-01; E 2000-01-01 |          | 92.00
  bsp of 2012, with a child of six             | 2012-06-10 | income_per_capita=0.00   | A 1970-01-01; C 2005-06-02; D 2005-06-02 |          | 210.03
  bsp of 2012, no child below seven            |            |                          | A 1970-01-01; C 2005-06-01; D 2005-06-01 |          | 134.00
  bsp of December 2012, with a child of fifteen | 2012-12-10 |                          | A 1970-01-01; C 1996-12-02; D 1996-12-02 |          | 210.03
  bsp of December 2012, no child below sixteen |            |                          | A 1970-01-01; C 1996-12-01; D 1996-12-01 |          | 146.00
  nursing, six instalments                     | 2016-07-10 | income_per_capita=170.00 | A 1990-01-01 nursing                     |          | 39.00
  the next five                                | +5         |                          |                                          |          | 39.00
  no seventh                                   | +          |                          |                                          |          | 0.00
  `,
);

cases(
  'bolsa-familia-2011',
  `
  what                                     | date       | household                            | members                    | evidence            | gives
  attendance of a child at 85              | 2016-07-10 | income_per_capita=170.00             | C 2006-01-01               | C attendance_pct 85 | 39.00 step=-
  a point below                            |            |                                      |                            | C attendance_pct 84 | 39.00 step=alert
  missing evidence is no failure           |            |                                      |                            | -                   | 39.00 step=-
  in follow-up no step is taken            |            | income_per_capita=170.00 in_followup |                            | C attendance_pct 84 | 39.00 step=-
  at six a child is asked                  |            | income_per_capita=170.00             | C 2010-07-01               | C attendance_pct 84 | 39.00 step=alert
  at five it is not                        |            |                                      | C 2010-07-02               |                     | 39.00 step=-
  85 is asked until fifteen                |            |                                      | C 2000-07-02               |                     | 39.00 step=alert
  75 at sixteen                            |            |                                      | C 2000-07-01               | C attendance_pct 75 | 46.00 step=-
  a point below, by the youth's own ladder |            |                                      |                            | C attendance_pct 74 | 46.00 step=alert
  until seventeen                          |            |                                      | C 1998-07-02               |                     | 46.00 step=alert
  a youth in follow-up                     |            | income_per_capita=170.00 in_followup |                            |                     | 46.00 step=-
  nobody at eighteen                       |            | income_per_capita=170.00             | C 1998-07-01               |                     | 0.00 step=-
  health of a child of six                 |            |                                      | C 2009-07-02               | C health_checks no  | 39.00 step=alert
  not of seven                             |            |                                      | C 2009-07-01               |                     | 39.00 step=-
  health of a woman with child             |            |                                      | A 1998-07-01 pregnant      | A health_checks no  | 39.00 step=alert
  or who nurses                            |            |                                      | A 1998-07-01 nursing       |                     | 39.00 step=alert
  of a youth it is a failure of hers alone |            |                                      | A 1998-07-02 pregnant      |                     | 85.00 step=alert
  of others it is not asked                |            |                                      | A 1998-07-01; C 2006-01-01 |                     | 39.00 step=-
  `,
);

cases(
  'bolsa-familia-2011',
  `
  what                               | date       | household                | members      | evidence            | gives
  a first failure warns              | 2016-07-10 | income_per_capita=170.00 | C 2006-01-01 | C attendance_pct 84 | 39.00 step=alert
  five months go by                  | +5         |                          |              | C attendance_pct 85 | 39.00 step=-
  six months later it blocks         | +          |                          |              | C attendance_pct 84 | 0.00 held=39.00 step=block
  the next instalment pays both      | +          |                          |              | C attendance_pct 85 | 39.00 late=39.00 step=-
  a third suspends two               | +          |                          |              | C attendance_pct 84 | 0.00 lost=39.00 step=suspension
  the second of them                 | +          |                          |              | C attendance_pct 85 | 0.00 lost=39.00 step=suspension
  and no third                       | +          |                          |              |                     | 39.00 step=-
  a first failure warns              | 2016-07-10 |                          |              | C attendance_pct 84 | 39.00 step=alert
  six months go by                   | +6         |                          |              | C attendance_pct 85 | 39.00 step=-
  seven months later it warns again  | +          |                          |              | C attendance_pct 84 | 39.00 step=alert
  a first failure warns              | 2016-07-10 |                          |              |                     | 39.00 step=alert
  a second blocks                    | +          |                          |              |                     | 0.00 held=39.00 step=block
  from the third on all is suspended | +12        |                          |              |                     | 0.00 lost=39.00 step=suspension
  after twelve months it ends        | +          |                          |              |                     | 0.00 lost=39.00 step=cancellation status=exited
  `,
);

// The youth's own ladder touches only the youth's 46.00.
cases(
  'bolsa-familia-2011',
  `
  what                              | date       | household                | members                                  | evidence            | gives
  a youth's first failure warns     | 2016-07-10 | income_per_capita=170.00 | C 2006-01-01; Y 2000-07-01; Z 2000-07-01 | Y attendance_pct 74 | 131.00 step=alert
  the second blocks the youth's own | +          |                          |                                          |                     | 85.00 held=46.00 step=block
  the next instalment pays it       | +          |                          |                                          | Y attendance_pct 75 | 131.00 late=46.00 step=-
  from the third on it is suspended | +          |                          |                                          | Y attendance_pct 74 | 85.00 lost=46.00 step=suspension
  for two instalments               | +          |                          |                                          | Y attendance_pct 75 | 85.00 lost=46.00 step=suspension
  and no third                      | +          |                          |                                          |                     | 131.00 step=-
  a youth's first failure warns     | 2016-07-10 |                          |                                          | Y attendance_pct 74 | 131.00 step=alert
  the second blocks the youth's own | +          |                          |                                          |                     | 85.00 held=46.00 step=block
  from the third on it is suspended | +12        |                          |                                          |                     | 85.00 lost=46.00 step=suspension
  after twelve months it ends       | +          |                          |                                          |                     | 85.00 lost=46.00 step=cancellation status=active
  for good                          | +2         |                          |                                          | Y attendance_pct 75 | 85.00 lost=46.00 step=cancellation status=active
  `,
);
