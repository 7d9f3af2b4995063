-- Something to look at on the first visit. Rows that are there already stay as they are.
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

insert into customers (email) values
  ('ada@example.com'), ('grace@example.com'), ('linus@example.com')
on conflict (email) do nothing;

insert into orders (code, customer_id, created_at, confirmed_at)
select o.code, c.id, now() - o.age, now() - o.age + o.took
from (values
  ('A11CEB0B', 'ada@example.com'::citext, interval '2 days',     interval '2 seconds'),
  ('0DDBA115', 'grace@example.com',       interval '5 hours',    interval '1 second'),
  ('CAFEF00D', 'linus@example.com',       interval '40 minutes', interval '2 seconds'),
  ('DEC0DED5', 'ada@example.com',         interval '1 minute',   null)  -- the worker finds this one when it starts
) as o (code, email, age, took)
join customers c using (email)
order by o.age desc
on conflict (code) do nothing;

insert into order_items (order_id, product_id, quantity, price_cents)
select o.id, p.id, i.quantity, p.price_cents
from (values
  ('A11CEB0B', 'golden-assam',  2), ('A11CEB0B', 'sencha',      1),
  ('0DDBA115', 'silver-needle', 1),
  ('CAFEF00D', 'keemun',        1), ('CAFEF00D', 'first-flush', 1),
  ('DEC0DED5', 'dragonwell',    2)
) as i (code, slug, quantity)
join orders o using (code)
join products p using (slug)
on conflict do nothing;
