import { cases } from './table.ts';

// 100 of food support a month and a grant by grade and sex; a period has two months. The household's most is 625 a month.
cases(
  'progresa-1998',
  `
  what                 | date       | household                              | members            | evidence                               | gives
  no grant in 2        | 1998-09-10 | poverty_class=poor treatment=programme | C 1990-01-01 M g2  | C enrolled yes                         | 200.00
  grade 3: 70          |            |                                        | C 1990-01-01 M g3  |                                        | 340.00
  grade 4: 80          |            |                                        | C 1990-01-01 M g4  |                                        | 360.00
  grade 5: 105         |            |                                        | C 1990-01-01 M g5  |                                        | 410.00
  grade 6: 135         |            |                                        | C 1990-01-01 M g6  |                                        | 470.00
  grade 7, boy: 200    |            |                                        | C 1990-01-01 M g7  |                                        | 600.00
  grade 7, girl: 210   |            |                                        | C 1990-01-01 F g7  |                                        | 620.00
  grade 8, boy: 210    |            |                                        | C 1990-01-01 M g8  |                                        | 620.00
  grade 8, girl: 235   |            |                                        | C 1990-01-01 F g8  |                                        | 670.00
  grade 9, boy: 220    |            |                                        | C 1990-01-01 M g9  |                                        | 640.00
  grade 9, girl: 255   |            |                                        | C 1990-01-01 F g9  |                                        | 710.00
  no grant in 10       |            |                                        | C 1990-01-01 F g10 |                                        | 200.00
  both months reported |            |                                        | C 1990-01-01 M g3  | C enrolled yes; C enrolled yes 1998-10 | 340.00
  failed in the second |            |                                        |                    | C enrolled yes; C enrolled no 1998-10  | 200.00 lost=140.00
  failed in the first  |            |                                        |                    | C enrolled no; C enrolled yes 1998-10  | 200.00 lost=140.00
  `,
);
