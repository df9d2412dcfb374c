import { cases } from './table.ts';

// Amounts are whole pesos. The base grant is 85 % of what income lacks to the line, for each person, half a peso up.
cases(
  'ingreso-etico-familiar',
  `
  what                                     | date       | household                                   | members      | evidence | gives
  the line of 2021: 85 % of 42,821         | 2021-05-10 | entry_month=2021-05 income_per_capita=0     | A 1980-01-01 | -        | 36398
  the line of 2024: 85 % of 45,572         | 2024-05-10 | entry_month=2024-05 income_per_capita=0     |              |          | 38736
  half a peso is rounded up                |            | entry_month=2024-05 income_per_capita=45562 |              |          | 9
  the 16th month                           |            | entry_month=2023-02 income_per_capita=0     |              |          | 38736
  from the 17th the taper is not published |            | entry_month=2023-01 income_per_capita=0     |              |          | needs parameters.taper
  nor in the 24th                          |            | entry_month=2022-06 income_per_capita=0     |              |          | needs parameters.taper
  nothing in the 25th                      |            | entry_month=2022-05 income_per_capita=0     |              |          | 0
  accompanied, the first month             |            | entry_month=2024-05 accompanied             |              |          | 22674
  the sixth                                |            | entry_month=2023-12 accompanied             |              |          | 22674
  the seventh                              |            | entry_month=2023-11 accompanied             |              |          | 17256
  the twelfth                              |            | entry_month=2023-06 accompanied             |              |          | 17256
  the 13th                                 |            | entry_month=2023-05 accompanied             |              |          | 11864
  the 18th                                 |            | entry_month=2022-12 accompanied             |              |          | 11864
  the 19th: as much as the family subsidy  |            | entry_month=2022-11 accompanied             |              |          | 20328
  the 24th                                 |            | entry_month=2022-06 accompanied             |              |          | 20328
  the 25th                                 |            | entry_month=2022-05 accompanied             |              |          | 0
  accompanied in 2025, the first month     | 2025-05-10 | entry_month=2025-05 accompanied             |              |          | 23694
  the seventh                              |            | entry_month=2024-11 accompanied             |              |          | 18033
  the 13th                                 |            | entry_month=2024-05 accompanied             |              |          | 12398
  the 19th                                 |            | entry_month=2023-11 accompanied             |              |          | 22007
  `,
);

cases(
  'ingreso-etico-familiar',
  `
  what                           | date       | household           | members                    | evidence                                 | gives
  attendance of 85, six in March | 2024-06-10 | entry_month=2024-06 | C 2018-03-31               | C attendance_pct 85                      | 6000
  a point below                  |            |                     |                            | C attendance_pct 84                      | 0 lost=6000
  no evidence holds it           |            |                     |                            | -                                        | 0 held=6000
  eighteen in March              |            |                     | C 2005-04-01               | C attendance_pct 85                      | 6000
  nineteen in March              |            |                     | C 2005-03-31               |                                          | 0
  each pupil for itself          |            |                     | C 2010-01-01; D 2010-01-01 | C attendance_pct 85; D attendance_pct 84 | 6000 lost=6000 C=6000
  the 24th month                 |            | entry_month=2022-07 | C 2018-03-31               | C attendance_pct 85                      | 6000
  not in the 25th                |            | entry_month=2022-06 |                            |                                          | 0
  check-up, five in March        |            | entry_month=2024-06 | C 2018-04-01               | C child_checkup yes                      | 11000
  six in March                   |            |                     | C 2018-03-31               | C child_checkup yes; C attendance_pct 84 | 0 lost=6000
  no check-up                    |            |                     | C 2018-04-01               | C child_checkup no                       | 0 lost=11000
  no evidence holds it           |            |                     |                            | -                                        | 0 held=11000
  each child for itself          |            |                     | C 2020-01-01; D 2020-01-01 | C child_checkup yes; D child_checkup no  | 11000 lost=11000 C=11000
  a first of 24 check-ups        | 2024-01-10 | entry_month=2024-01 | C 2023-12-01               | C child_checkup yes                      | 11000
  the 24th                       | +23        |                     |                            |                                          | 11000
  no 25th                        | +          |                     |                            |                                          | 0
  `,
);

cases(
  'ingreso-etico-familiar',
  `
  what                                   | date       | household                          | members                                 | evidence | gives
  rank of 15, grade 5                    | 2026-09-10 | entry_month=2018-01 rsh_percent=30 | C 2001-09-16 g5 school_rank_percent=15  | -        | 85057
  grade 4                                |            |                                    | C 2001-09-16 g4 school_rank_percent=15  |          | 0
  grade 12                               |            |                                    | C 2001-09-16 g12 school_rank_percent=15 |          | 85057
  grade 13                               |            |                                    | C 2001-09-16 g13 school_rank_percent=15 |          | 0
  twenty-five in the middle of the month |            |                                    | C 2001-09-15 g12 school_rank_percent=15 |          | 0
  rank of 16                             |            |                                    | C 2001-09-16 g12 school_rank_percent=16 |          | 49310
  rank of 30                             |            |                                    | C 2001-09-16 g12 school_rank_percent=30 |          | 49310
  rank of 31                             |            |                                    | C 2001-09-16 g12 school_rank_percent=31 |          | 0
  above 30 % of the registry             |            | entry_month=2018-01 rsh_percent=31 | C 2001-09-16 g12 school_rank_percent=15 |          | 0
  not in August                          | 2026-08-10 | entry_month=2018-01 rsh_percent=30 |                                         |          | 0
  once in 2023                           | 2023-09-10 |                                    | C 2004-01-01 g12 school_rank_percent=15 |          | 75719
  then nothing for a year                | +11        |                                    |                                         |          | 0
  and once in 2024                       | +          |                                    |                                         |          | 78642
  the second rank of 2023                | 2023-09-10 |                                    | C 2004-01-01 g12 school_rank_percent=30 |          | 45433
  the second rank of 2024                | 2024-09-10 |                                    |                                         |          | 47187
  formalised, not published              | 2025-12-10 |                                    | A 1980-01-01 formalised                 |          | needs parameters.formalisation
  graduated at 25, not published         | 2025-12-10 |                                    | A 2000-12-15 graduated                  |          | needs parameters.graduation
  graduated at 24                        |            |                                    | A 2000-12-16 graduated                  |          | 0
  formalised, once                       | 2025-12-10 | entry_month=2018-01 rsh_percent=30 #formalisation=7 #graduation=5 | A 1980-01-01 formalised                 |          | 7
  not again in the next year             | +          |                                    |                                         |          | 0
  graduated, once                        | 2025-12-10 |                                    | A 1980-01-01 graduated                  |          | 5
  not again in the next year             | +          |                                    |                                         |          | 0
  recorded as neither                    | 2025-12-10 |                                    | A 1980-01-01 graduated=no formalised=no |          | 0
  `,
);

// The yearly bonus is 20 % of wages up to 678,028, from 4,237,674 on less 20 % of what is above; by the month 15 %, in the fourth
// year 10 %.
cases(
  'ingreso-etico-familiar',
  `
  what                                        | date       | household                          | members                              | evidence | gives
  a wage of a million, twenty-five            | 2025-08-10 | entry_month=2018-01 rsh_percent=40 | A 2000-08-15 F annual_income=1000000 | -        | 200000
  twenty-four                                 |            |                                    | A 2000-08-16 F annual_income=1000000 |          | 0
  fifty-nine                                  |            |                                    | A 1965-08-16 F annual_income=1000000 |          | 200000
  sixty                                       |            |                                    | A 1965-08-15 F annual_income=1000000 |          | 0
  a man                                       |            |                                    | A 1980-01-01 M annual_income=1000000 |          | 0
  above 40 % of the registry                  |            | entry_month=2018-01 rsh_percent=41 | A 1980-01-01 F annual_income=1000000 |          | 0
  the fourth year                             |            | entry_month=2018-01 rsh_percent=40 | A 1980-01-01 F annual_income=1000000 btm_year=4 |          | 200000
  the fifth                                   |            |                                    | A 1980-01-01 F annual_income=1000000 btm_year=5 |          | 0
  the flat part                               |            |                                    | A 1980-01-01 F annual_income=4000000 |          | 678028
  two pesos beyond it: 0.4                    |            |                                    | A 1980-01-01 F annual_income=4237676 |          | 678028
  three: 0.6                                  |            |                                    | A 1980-01-01 F annual_income=4237677 |          | 678027
  not in July                                 | 2025-07-10 |                                    | A 1980-01-01 F annual_income=1000000 |          | 0
  once in 2025                                | 2025-08-10 |                                    |                                      |          | 200000
  then nothing for a year                     | +11        |                                    |                                      |          | 0
  and once in 2026                            | +          |                                    |                                      |          | 200000
  by the month: 4.5 is rounded up             | 2026-02-10 |                                    | A 1980-01-01 F monthly_income=30 btm_mode=monthly |          | 5
  the flat part                               |            |                                    | A 1980-01-01 F monthly_income=300000 btm_mode=monthly |          | 44157
  three pesos beyond it: 0.45                 |            |                                    | A 1980-01-01 F monthly_income=367974 btm_mode=monthly |          | 44157
  four: 0.6                                   |            |                                    | A 1980-01-01 F monthly_income=367975 btm_mode=monthly |          | 44156
  the fourth year: a tenth                    |            |                                    | A 1980-01-01 F monthly_income=100000 btm_mode=monthly btm_year=4 |          | 10000
  its flat part                               |            |                                    | A 1980-01-01 F monthly_income=300000 btm_mode=monthly btm_year=4 |          | 29438
  who chose the year is not paid by the month |            |                                    | A 1980-01-01 F monthly_income=300000 btm_mode=annual |          | 0
  `,
);
