import { cases } from './table.ts';

// The stipend was not published: 100 is filled in here. The State pays 30 % of the wage of a first job.
cases(
  'mi-primer-empleo-digno',
  `
  what                            | date       | household                       | members                                  | evidence                | gives
  a poor youth of a town          | 2012-03-10 | poor area=urban #stipend=100.00 | C 1994-03-01 in_training                 | C training_attended yes | 100.00
  seventeen                       |            |                                 | C 1994-03-02 in_training                 |                         | 0.00
  the last day of twenty-four     |            |                                 | C 1987-03-02 in_training                 |                         | 100.00
  twenty-five                     |            |                                 | C 1987-03-01 in_training                 |                         | 0.00
  in an internship, with others   |            |                                 | C 1990-01-01 in_internship; D 1960-01-01 |                         | 100.00
  in neither                      |            |                                 | C 1990-01-01                             |                         | 0.00
  not poor                        |            | area=urban #stipend=100.00      | C 1990-01-01 in_training                 |                         | 0.00
  of the country                  |            | poor area=rural #stipend=100.00 |                                          |                         | 0.00
  did not attend                  |            | poor area=urban #stipend=100.00 |                                          | C training_attended no  | 0.00 lost=100.00
  missing evidence holds          |            |                                 |                                          | -                       | 0.00 held=100.00
  each for itself                 |            |                                 | C 1990-01-01 in_training; D 1990-01-01 in_training | C training_attended yes; D training_attended no | 100.00 lost=100.00 C=100.00
  not published                   |            | poor area=urban                 | C 1990-01-01 in_training                 | C training_attended yes | needs parameters.stipend
  a wage: 300.045 is rounded up   |            | area=urban                      | C 1985-01-01 pae salary=1000.15          | -                       | 300.05
  a wage: 300.003 is rounded down |            |                                 | C 1985-01-01 pae salary=1000.01          |                         | 300.00
  `,
);
