import { cases } from './table.ts';

// A month: education 300, 500, 700 by level for three children at most, health 750, rice 600; a period has two months.
cases(
  '4ps',
  `
  what                           | date       | household                           | members                                     | evidence                                    | gives
  health and rice                | 2021-06-10 | registered_poor entry_month=2021-06 | C 2018-07-02 school_level=daycare           | C attendance_pct 85; C attendance_pct 85 +1 | 2700.00
  three on the first of July     |            |                                     | C 2018-06-02 school_level=daycare           |                                             | 3000.00
  three on the first of June     |            |                                     | C 2018-06-01 school_level=daycare           |                                             | 3300.00
  a level is asked for           |            |                                     | C 2018-06-01                                |                                             | 2700.00
  junior high school             |            |                                     | C 2008-01-01 school_level=jhs               |                                             | 3700.00
  senior high school, eighteen   |            |                                     | C 2002-07-02 school_level=shs               |                                             | 4100.00
  nineteen on the first of July  |            |                                     | C 2002-07-01 school_level=shs               |                                             | 3400.00
  nineteen on the first of June  |            |                                     | C 2002-06-01 school_level=shs               |                                             | 0.00
  nineteen, with a younger child |            |                                     | C 2002-06-01 school_level=shs; D 2019-01-01 |                                             | 2700.00
  a point below, in June         |            |                                     | C 2010-01-01 school_level=elementary        | C attendance_pct 84; C attendance_pct 85 +1 | 3000.00 lost=300.00
  missing evidence holds         |            |                                     |                                             | -                                           | 2700.00 held=600.00
  the three highest of four      |            |                                     | A 2006-01-01 school_level=elementary; B 2007-01-01 school_level=jhs; C 2008-01-01 school_level=jhs; D 2009-01-01 school_level=shs | A attendance_pct 85; A attendance_pct 85 +1; B attendance_pct 85; B attendance_pct 85 +1; C attendance_pct 85; C attendance_pct 85 +1; D attendance_pct 85; D attendance_pct 85 +1 | 6100.00
  pregnant                       |            |                                     | A 1990-01-01 pregnant                       | -                                           | 2700.00
  nobody up to eighteen          |            |                                     | A 1990-01-01                                |                                             | 0.00
  not registered                 |            | entry_month=2021-06                 | C 2018-07-02                                |                                             | 0.00
  the 84th month, and no 85th    |            | registered_poor entry_month=2014-07 |                                             |                                             | 1350.00
  the first thousand days        | 2025-02-10 | registered_poor entry_month=2025-02 | A 1990-01-01 pregnant                       |                                             | needs parameters.f1kd
  until two                      |            |                                     | C 2022-03-02                                |                                             | needs parameters.f1kd
  not at three                   |            |                                     | C 2022-02-01                                |                                             | 2700.00
  each for itself                |            | registered_poor entry_month=2025-02 #f1kd=100.00 | A 1990-01-01 pregnant; C 2024-01-01         | A health_checkup yes; C health_checkup no; A health_checkup yes +1; C health_checkup no +1 | 200.00 lost=2900.00 A=200.00
  `,
);

cases(
  '4ps',
  `
  what                            | date       | household                           | members                              | evidence                                    | gives
  check-ups until five            | 2021-06-10 | registered_poor entry_month=2021-06 | C 2015-07-02                         | C health_checkup no; C health_checkup no +1 | 0.00 lost=2700.00 step=notice
  six on the first of June        |            |                                     | C 2015-06-01                         |                                             | 2700.00 step=-
  of pregnant women               |            |                                     | A 1990-01-01 pregnant                | A health_checkup no                         | 1350.00 lost=1350.00 step=notice
  one of two infants              |            |                                     | C 2018-01-01; D 2018-01-01           | C health_checkup yes; D health_checkup no   | 1350.00 lost=1350.00 step=notice
  one of two who are dewormed     |            |                                     | C 2010-01-01 school_level=elementary; D 2010-01-01 school_level=elementary | C deworming yes; D deworming no; C attendance_pct 85; D attendance_pct 85; C attendance_pct 85 +1; D attendance_pct 85 +1 | 3150.00 lost=750.00 step=notice
  only in elementary school       |            |                                     | C 2008-01-01 school_level=jhs        | C deworming no; C attendance_pct 85; C attendance_pct 85 +1 | 3700.00 step=-
  development sessions in July    |            |                                     | C 2018-07-02                         | home fds no +1                              | 1350.00 lost=1350.00 step=notice
  under case management           |            | registered_poor entry_month=2021-06 under_case_management |                                      |                                             | 1350.00 lost=1350.00 step=-
  ten months of a year: the first | 2021-12-10 | registered_poor entry_month=2021-06 | C 2010-01-01 school_level=elementary | C attendance_pct 85; C attendance_pct 85 +1 | 3300.00
  the next two                    | +          |                                     |                                      |                                             | 3300.00
  not in April and May            | +          |                                     |                                      |                                             | 2700.00
  from June to November           | +3         |                                     |                                      |                                             | 3300.00
  the tenth, and a new year       | +          |                                     |                                      |                                             | 3300.00
  `,
);
