import { cases } from './table.ts';

// 142 a person, at least 600 a household; 150 for each child up to six; 50 for pregnant women, for those of seven to
// seventeen until the year in which they turn eighteen ends, and for babies of up to six months, six times.
cases(
  'bolsa-familia-2023',
  `
  what                                    | date       | household                                  | members                    | evidence | gives
  the line of poverty                     | 2025-02-10 | income_per_capita=218.00                   | A 1970-01-01               | -        | 600.00
  a cent above it, a new household        |            | income_per_capita=218.01                   |                            |          | 0.00
  before June 2023, one person            | 2023-04-10 | income_per_capita=218.00                   | A 1970-01-01               |          | 600.00
  before June 2023, nobody                |            |                                            | -                          |          | 0.00
  the last day of six                     | 2025-02-10 | income_per_capita=218.00                   | A 1970-01-01; C 2018-02-02 |          | 750.00
  seven                                   |            |                                            | A 1970-01-01; C 2018-02-01 |          | 650.00
  the year of eighteen                    |            |                                            | A 1970-01-01; C 2007-01-01 |          | 650.00
  turns nineteen on its last day          |            |                                            | A 1970-01-01; C 2006-12-31 |          | 600.00
  pregnant                                |            |                                            | A 1970-01-01 pregnant      |          | 650.00
  a baby of six months                    |            |                                            | A 1970-01-01; B 2024-08-01 |          | 800.00
  the last day of six months              |            |                                            | A 1970-01-01; B 2024-07-02 |          | 800.00
  seven months                            |            |                                            | A 1970-01-01; B 2024-07-01 |          | 750.00
  a baby from its first month             |            |                                            | A 1970-01-01; B 2025-02-01 |          | 800.00
  for six instalments                     | +5         |                                            |                            |          | 800.00
  no seventh, though it is six months old | +          |                                            |                            |          | 750.00
  protection, at its line                 | 2025-06-10 | income_per_capita=706.00 already_receiving | A 1970-01-01               |          | 300.00
  a cent above it                         |            | income_per_capita=706.01 already_receiving |                            |          | 0.00
  a disability benefit: twelve months     | 2025-06-10 | income_per_capita=300.00 already_receiving protection_cause=bpc_disability |                            |          | 300.00
  the twelfth                             | +11        |                                            |                            |          | 300.00
  no thirteenth                           | +          |                                            |                            |          | 0.00
  entered before June 2025: 24 months     | 2025-06-10 | income_per_capita=300.00 already_receiving protection_cause=entered_before_june_2025 |                            |          | 300.00
  the twenty-fourth                       | +23        |                                            |                            |          | 300.00
  no twenty-fifth                         | +          |                                            |                            |          | 0.00
  `,
);

cases(
  'bolsa-familia-2023',
  `
  what                                     | date       | household                            | members                    | evidence            | gives
  attendance of 60 at four                 | 2025-02-10 | income_per_capita=100.00             | A 1970-01-01; C 2021-02-01 | C attendance_pct 60 | 750.00 step=-
  a point below                            |            |                                      |                            | C attendance_pct 59 | 750.00 step=alert
  at three nobody asks                     |            |                                      | A 1970-01-01; C 2021-02-02 |                     | 750.00 step=-
  until five                               |            |                                      | A 1970-01-01; C 2019-02-02 | C attendance_pct 60 | 750.00 step=-
  75 at six                                |            |                                      | A 1970-01-01; C 2019-02-01 | C attendance_pct 74 | 750.00 step=alert
  as asked                                 |            |                                      |                            | C attendance_pct 75 | 750.00 step=-
  at fifteen by the household's ladder     |            |                                      | A 1970-01-01; C 2009-02-02 | C attendance_pct 74 | 650.00 step=alert
  at sixteen by the youth's own            |            |                                      | A 1970-01-01; C 2009-02-01 |                     | 650.00 step=alert
  at seventeen by the youth's own          |            |                                      | A 1970-01-01; C 2007-02-02 |                     | 650.00 step=alert
  at eighteen nobody asks                  |            |                                      | A 1970-01-01; C 2007-02-01 |                     | 650.00 step=-
  a youth in follow-up                     |            | income_per_capita=100.00 in_followup | A 1970-01-01; C 2007-02-02 |                     | 650.00 step=-
  health of a child of six                 |            | income_per_capita=100.00             | A 1970-01-01; C 2018-02-02 | C health_checks no  | 750.00 step=alert
  not of seven                             |            |                                      | A 1970-01-01; C 2018-02-01 |                     | 650.00 step=-
  health of a woman with child, eighteen   |            |                                      | A 2007-02-01 pregnant      | A health_checks no  | 700.00 step=alert
  of a youth it is a failure of hers alone |            |                                      | A 2007-02-02 pregnant      |                     | 700.00 step=alert
  of others it is not asked                |            |                                      | A 2007-02-01               |                     | 650.00 step=-
  `,
);

// The youth's own ladder touches only the youth's 50.00.
cases(
  'bolsa-familia-2023',
  `
  what                              | date       | household                | members                                  | evidence            | gives
  a youth's first failure warns     | 2025-02-10 | income_per_capita=100.00 | A 1970-01-01; Y 2009-01-01; Z 2009-01-01 | Y attendance_pct 74 | 700.00 step=alert
  the second blocks the youth's own | +          |                          |                                          |                     | 650.00 held=50.00 step=block
  the next instalment pays it       | +          |                          |                                          | Y attendance_pct 75 | 700.00 late=50.00 step=-
  the third suspends two            | +          |                          |                                          | Y attendance_pct 74 | 650.00 lost=50.00 step=suspension
  the second of them                | +          |                          |                                          | Y attendance_pct 75 | 650.00 lost=50.00 step=suspension
  and no third                      | +          |                          |                                          |                     | 700.00 step=-
  a youth's first failure warns     | 2025-02-10 |                          |                                          | Y attendance_pct 74 | 700.00 step=alert
  the second blocks the youth's own | +          |                          |                                          |                     | 650.00 held=50.00 step=block
  from the third on it is suspended | +12        |                          |                                          |                     | 650.00 lost=50.00 step=suspension
  after twelve months it ends       | +          |                          |                                          |                     | 650.00 lost=50.00 step=cancellation
  for good                          | +2         |                          |                                          | Y attendance_pct 75 | 650.00 lost=50.00 step=cancellation
  `,
);
