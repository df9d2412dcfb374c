import { cases } from './table.ts';

// 200 a period for the household, all or nothing; from 2025 TPI of 100 in early childhood, TAS of 80 for each student of upper
// secondary school.
cases(
  'juntos',
  `
  what                                       | date       | household                       | members                                     | evidence                                    | gives
  a pupil from six                           | 2025-01-10 | sisfoh=poor                     | C 2019-01-01                                | C school_attendance no                      | 0.00 lost=200.00
  at five school is not asked                |            |                                 | C 2019-01-02                                | C school_attendance no; C health_controls yes | 200.00
  to eighteen                                |            |                                 | C 2006-01-02                                | C school_attendance no                      | 0.00 lost=200.00
  at nineteen it is not asked                |            |                                 | C 2006-01-01; D 2015-01-01                  | C school_attendance no; D school_attendance yes | 200.00
  nobody below nineteen                      |            |                                 | C 2006-01-01                                | -                                           | 0.00
  health until five                          |            |                                 | C 2019-01-02                                | C health_controls no                        | 0.00 lost=200.00
  at six it is not asked                     |            |                                 | C 2019-01-01                                | C health_controls no; C school_attendance yes | 200.00
  missing evidence of school holds           |            |                                 | C 2015-01-01                                | -                                           | 0.00 held=200.00
  and of health                              |            |                                 | C 2022-01-01                                |                                             | 0.00 held=200.00
  one month reported is enough               |            |                                 | C 2015-01-01                                | C school_attendance yes                     | 200.00
  both months                                |            |                                 |                                             | C school_attendance yes; C school_attendance yes 2025-02 | 200.00
  the first failed                           |            |                                 |                                             | C school_attendance no; C school_attendance yes 2025-02 | 0.00 lost=200.00
  the second failed                          |            |                                 |                                             | C school_attendance yes; C school_attendance no 2025-02 | 0.00 lost=200.00
  health: one month reported                 |            |                                 | C 2022-01-01                                | C health_controls yes                       | 200.00
  health: both months                        |            |                                 |                                             | C health_controls yes; C health_controls yes 2025-02 | 200.00
  health: the first failed                   |            |                                 |                                             | C health_controls no; C health_controls yes 2025-02 | 0.00 lost=200.00
  health: the second failed                  |            |                                 |                                             | C health_controls yes; C health_controls no 2025-02 | 0.00 lost=200.00
  one of two pupils failed                   |            |                                 | C 2015-01-01; D 2015-01-01                  | C school_attendance yes; D school_attendance no | 0.00 lost=200.00
  one of two infants failed                  |            |                                 | C 2022-01-01; D 2022-01-01                  | C health_controls yes; D health_controls no | 0.00 lost=200.00
  pregnant: TPI                              |            |                                 | A 1990-01-01 pregnant                       | A health_controls yes; A first_childhood_package yes | 300.00
  pregnant: health is asked                  |            |                                 |                                             | A health_controls no; A first_childhood_package yes | 100.00 lost=200.00
  newborn: TPI once for the household        |            |                                 | A 1990-01-01 pregnant; B 2025-01-01 newborn | A health_controls yes; B health_controls yes; A first_childhood_package yes; B first_childhood_package yes | 300.00
  TPI: one of the two failed                 |            |                                 |                                             | A health_controls yes; B health_controls yes; A first_childhood_package yes; B first_childhood_package no | 200.00 lost=100.00
  TPI: both months                           |            |                                 | B 2025-01-01 newborn                        | B health_controls yes; B first_childhood_package yes; B first_childhood_package yes 2025-02 | 300.00
  TPI: the first failed                      |            |                                 |                                             | B health_controls yes; B first_childhood_package no; B first_childhood_package yes 2025-02 | 200.00 lost=100.00
  TPI: the second failed                     |            |                                 |                                             | B health_controls yes; B first_childhood_package yes; B first_childhood_package no 2025-02 | 200.00 lost=100.00
  TPI: missing evidence holds                |            |                                 |                                             | B health_controls yes                       | 200.00 held=100.00
  TAS: each student for itself               |            |                                 | S 2009-01-01 upper_secondary; T 2009-01-01 upper_secondary | S school_attendance yes; T school_attendance no | 80.00 lost=280.00 S=80.00
  TAS: both                                  |            |                                 |                                             | S school_attendance yes; T school_attendance yes | 360.00
  an affiliate for a time: one pupil failed  |            | sisfoh=poor temporary_affiliate | B 2024-01-01; C 2015-01-01; D 2015-01-01    | B health_controls yes; C school_attendance yes; D school_attendance no | 200.00 lost=200.00
  an affiliate for a time: one infant failed |            |                                 | B 2024-01-01; C 2024-01-01                  | B health_controls yes; C health_controls no | 200.00 lost=200.00
  `,
);
