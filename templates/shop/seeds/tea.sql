-- The catalogue. Rows that are there already stay as they are.
insert into products (slug, name, origin, notes, brew, price_cents, stock) values
  ('silver-needle',   'Silver Needle',    'Fuding, China',       'melon, hay, honey',         '#efdca4', 1850, 14),
  ('white-peony',     'White Peony',      'Fujian, China',       'apricot, wildflower',       '#e9c981', 1290, 22),
  ('sencha',          'Sencha',           'Shizuoka, Japan',     'cut grass, sea air',        '#c3c463', 1140, 36),
  ('gyokuro',         'Gyokuro',          'Uji, Japan',          'broth, sweet pea',          '#a5b54c', 2400,  3),
  ('dragonwell',      'Dragonwell',       'Hangzhou, China',     'chestnut, spring butter',   '#d5c966', 1680, 18),
  ('jasmine-pearls',  'Jasmine Pearls',   'Fujian, China',       'night jasmine, pear',       '#dfc577', 1520, 25),
  ('iron-goddess',    'Iron Goddess',     'Anxi, China',         'orchid, warm cream',        '#dba94e', 1460, 20),
  ('oriental-beauty', 'Oriental Beauty',  'Hsinchu, Taiwan',     'muscat, ripe peach',        '#d07f35', 2150,  9),
  ('first-flush',     'First Flush',      'Darjeeling, India',   'green grape, almond',       '#cf9340', 1750, 16),
  ('keemun',          'Keemun',           'Qimen, China',        'cocoa, plum, pine smoke',   '#8d3f1c', 1320, 28),
  ('golden-assam',    'Golden Assam',     'Assam, India',        'malt, dark honey',          '#a34d1a',  980, 40),
  ('old-tree-puerh',  'Old Tree Pu’er',   'Yunnan, China',       'forest floor, date',        '#4c2015', 1990,  1)
on conflict (slug) do nothing;
