import { cases } from './table.ts';

// No amount was published: 10 for education and 5 for health are filled in here.
const yes = 'C enrolled yes; C attends yes; C health_checks yes';
const home = 'entry_month=2010-01 #education=10.00 #health=5.00';

cases(
  'comunidades-solidarias',
  `
  what                        | date       | household                                    | members                    | evidence                                    | gives
  rural, five                 | 2010-01-10 | municipality_class=severe area=rural ${home} | C 2005-01-01               | ${yes}                                      | 10.00
  rural, four: health         |            |                                              | C 2005-01-02               |                                             | 5.00
  rural, fifteen              |            |                                              | C 1994-01-02               |                                             | 10.00
  rural, sixteen              |            |                                              | C 1994-01-01               |                                             | 0.00
  urban, six                  |            | municipality_class=severe area=urban ${home} | C 2004-01-01               |                                             | 10.00
  urban, five: neither        |            |                                              | C 2004-01-02               |                                             | 0.00
  urban, fifteen              |            |                                              | C 1994-01-02               |                                             | 10.00
  urban, sixteen              |            |                                              | C 1994-01-01               |                                             | 0.00
  pregnant: health            |            |                                              | C 1985-01-01 pregnant      |                                             | 5.00
  nursing: health             |            |                                              | C 1985-01-01 nursing       |                                             | 5.00
  another municipality        |            | municipality_class=other area=urban ${home}  |                            |                                             | 0.00
  the 36th month              |            | municipality_class=high area=rural entry_month=2007-02 #education=10.00 #health=5.00 | C 2005-01-01               |                                             | 10.00
  the 37th                    |            | municipality_class=high area=rural entry_month=2007-01 #education=10.00 #health=5.00 |                            |                                             | 0.00
  no evidence holds education |            | municipality_class=high area=rural ${home}   |                            | -                                           | 0.00 held=10.00
  no attendance known         |            |                                              |                            | C enrolled yes                              | 0.00 held=10.00
  no enrolment known          |            |                                              |                            | C attends yes                               | 0.00 held=10.00
  no evidence holds health    |            |                                              | C 2008-01-01               | -                                           | 0.00 held=5.00
  enrolled in both months     |            |                                              | C 2003-01-01               | C attends yes; C enrolled yes; C enrolled yes +1 | 10.00
  enrolled in the first only  |            |                                              |                            | C attends yes; C enrolled yes; C enrolled no +1 | 0.00 lost=10.00
  enrolled in the second only |            |                                              |                            | C attends yes; C enrolled no; C enrolled yes +1 | 0.00 lost=10.00
  attended in both months     |            |                                              |                            | C enrolled yes; C attends yes; C attends yes +1 | 10.00
  attended in the first only  |            |                                              |                            | C enrolled yes; C attends yes; C attends no +1 | 0.00 lost=10.00
  attended in the second only |            |                                              |                            | C enrolled yes; C attends no; C attends yes +1 | 0.00 lost=10.00
  health in both months       |            |                                              | C 2008-01-01               | C health_checks yes; C health_checks yes +1 | 5.00
  health in the first only    |            |                                              |                            | C health_checks yes; C health_checks no +1  | 0.00 lost=5.00
  health in the second only   |            |                                              |                            | C health_checks no; C health_checks yes +1  | 0.00 lost=5.00
  one of two pupils enrolled  |            |                                              | C 2003-01-01; D 2003-01-01 | ${yes}; D enrolled no; D attends yes        | 0.00 lost=10.00
  one of two pupils attends   |            |                                              |                            | ${yes}; D enrolled yes; D attends no        | 0.00 lost=10.00
  one of two infants checked  |            |                                              | C 2008-01-01; D 2008-01-01 | ${yes}; D health_checks no                  | 0.00 lost=5.00
  `,
);
