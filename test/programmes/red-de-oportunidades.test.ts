import { cases } from './table.ts';

// 50 a month for the household, 120 for pensioners from 65, 80 for those who cannot care for themselves; a period has three
// months. Who fails loses the household's 50 for two instalments.
cases(
  'red-de-oportunidades',
  `
  what                            | date       | household           | members                                   | evidence                                    | gives
  a pupil from four               | 2022-04-10 | vulnerable          | C 2018-04-01                              | C school_attendance no                      | 0.00 lost=150.00 step=suspension
  at three school is not asked    |            |                     | C 2018-04-02                              |                                             | 150.00 step=-
  to seventeen                    |            |                     | C 2004-04-02                              |                                             | 0.00 lost=150.00 step=suspension
  at eighteen it is not           |            |                     | C 2004-04-01                              |                                             | 150.00 step=-
  health until four               |            |                     | C 2017-04-02                              | C health_checks no                          | 0.00 lost=150.00 step=suspension
  at five it is not asked         |            |                     | C 2017-04-01                              |                                             | 150.00 step=-
  two months of attendance        |            |                     | C 2010-01-01                              | C school_attendance yes; C school_attendance yes +1 | 150.00 step=-
  a bad first month               |            |                     |                                           | C school_attendance no; C school_attendance yes +1 | 0.00 lost=150.00 step=suspension
  a bad second month              |            |                     |                                           | C school_attendance yes; C school_attendance no +1 | 0.00 lost=150.00 step=suspension
  two months of health            |            |                     | C 2020-01-01                              | C health_checks yes; C health_checks yes +1 | 150.00 step=-
  health: a bad first month       |            |                     |                                           | C health_checks no; C health_checks yes +1  | 0.00 lost=150.00 step=suspension
  health: a bad second month      |            |                     |                                           | C health_checks yes; C health_checks no +1  | 0.00 lost=150.00 step=suspension
  collected twice                 |            |                     | A 1980-01-01                              | home collected yes; home collected yes +1   | 150.00 step=-
  not collected at first          |            |                     |                                           | home collected no; home collected yes +1    | 0.00 lost=150.00 step=suspension
  not collected then              |            |                     |                                           | home collected yes; home collected no +1    | 0.00 lost=150.00 step=suspension
  a second instalment is lost too | +          |                     |                                           | home collected yes                          | 0.00 lost=150.00 step=suspension
  and no third                    | +          |                     |                                           |                                             | 150.00 step=-
  a pensioner, with another       | 2022-04-10 | -                   | A 1957-04-01 pension_120; B 1980-01-01    | -                                           | 360.00
  a pensioner of 64               |            |                     | A 1957-04-02 pension_120; B 1980-01-01    |                                             | 0.00
  who cannot care for himself     |            |                     | A 1990-01-01 guardian_angel; B 1980-01-01 |                                             | 240.00
  all three                       |            | vulnerable          | A 1957-01-01 pension_120; B 1990-01-01 guardian_angel |                                             | 750.00
  excluded                        |            | vulnerable excluded |                                           |                                             | 0.00
  none of the three               |            | -                   | A 1957-01-01; B 1990-01-01                |                                             | 0.00
  the pension is never lost       |            | vulnerable          | A 1957-01-01 pension_120                  | home collected no                           | 360.00 lost=150.00 step=suspension
  `,
);
