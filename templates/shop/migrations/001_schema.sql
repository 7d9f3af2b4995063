-- citext: Ada@example.com and ada@example.com are one customer.
-- pgcrypto: order codes that can't be guessed from the one before.
create extension if not exists citext;
create extension if not exists pgcrypto;

create table customers (
  id         uuid primary key default gen_random_uuid(),
  email      citext not null unique check (email like '%_@_%'),
  created_at timestamptz not null default now()
);

create table products (
  id          integer generated always as identity primary key,
  slug        text not null unique,
  name        text not null,
  origin      text not null,
  notes       text not null,
  brew        text not null check (brew ~ '^#[0-9a-f]{6}$'),  -- the colour in the cup
  price_cents integer not null check (price_cents > 0),
  stock       integer not null check (stock >= 0)
);

create table orders (
  id          bigint generated always as identity primary key,
  code        text not null unique default upper(encode(gen_random_bytes(4), 'hex')),
  customer_id uuid not null references customers (id),
  created_at  timestamptz not null default now()
);
create index orders_customer on orders (customer_id);

create table order_items (
  order_id    bigint not null references orders (id) on delete cascade,
  product_id  integer not null references products (id),
  quantity    integer not null check (quantity between 1 and 20),
  price_cents integer not null check (price_cents > 0),  -- as it was when ordered
  primary key (order_id, product_id)
);
create index order_items_product on order_items (product_id);
