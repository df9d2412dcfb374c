import { cases } from './table.ts';

// 55 a household; 30, 27, 24.30 for children below five, 10, 9, 8.10 for those of five to eighteen; 150 at most.
cases(
  'bdh',
  `
  what                       | date       | household | members      | evidence | gives
  the second quintile        | 2025-01-10 | registro_social_quintile=2 social_security=none | A 1980-01-01 | -        | 55.00
  the third                  |            | registro_social_quintile=3 social_security=none |              |          | 0.00
  insured with contributions |            | registro_social_quintile=2 social_security=contributory |              |          | 0.00
  the last day of four       |            | registro_social_quintile=2 social_security=none | C 2020-01-02 |          | 85.00
  five                       |            |           | C 2020-01-01 |          | 65.00
  the last day of eighteen   |            |           | C 2006-01-02 |          | 65.00
  nineteen                   |            |           | C 2006-01-01 |          | 55.00
  four, the youngest first   |            |           | C 2021-01-01; D 2022-01-01; E 2023-01-01; F 2024-01-01 |          | 136.30 C= D=24.30 E=27.00 F=30.00
  with two of school age: 55 + 81.30 + 19 is above the limit |            |           | C 2021-01-01; D 2022-01-01; E 2023-01-01; F 2010-01-01; G 2011-01-01 |          | 150.00 C=24.30 D=27.00 E=30.00 F=9.00 G=4.70
  `,
);
