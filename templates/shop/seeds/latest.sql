-- What the page shows first; one of them is paid and not yet confirmed.
insert into customers (email) values
  ('ada@example.com'), ('grace@example.com'), ('linus@example.com')
on conflict (email) do nothing;

insert into orders (code, customer_id, created_at, paid_at, confirmed_at, summary)
select o.code, c.id, now() - o.age, now() - o.age + interval '20 seconds', now() - o.age + o.took, o.summary
from (values
  ('A11CEB0B', 'ada@example.com'::citext, interval '2 days',     interval '22 seconds',
    'Two tins of malty Golden Assam for the mornings, and one of Sencha, fresh as cut grass, for later.'),
  ('0DDBA115', 'grace@example.com',       interval '5 hours',    interval '21 seconds',
    'One tin of Silver Needle from Fuding: melon, hay and honey.'),
  ('CAFEF00D', 'linus@example.com',       interval '40 minutes', interval '22 seconds',
    'The pine smoke of Keemun beside the green grapes of First Flush.'),
  ('DEC0DED5', 'ada@example.com',         interval '1 minute',   null, null)  -- paid; the worker finds it when it starts
) as o (code, email, age, took, summary)
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
