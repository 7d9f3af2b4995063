-- An order is pending until Stripe says that it is paid; one that isn't paid in time is cancelled, and its items are
-- back in stock. The summary is a sentence of the model's.
alter table orders
  add column checkout_id  text unique,  -- of Stripe's checkout session
  add column paid_at      timestamptz check (paid_at >= created_at),
  add column cancelled_at timestamptz check (cancelled_at >= created_at),
  add column summary      text check (summary <> ''),
  add check (paid_at is null or cancelled_at is null);

-- What was ordered before there were payments needs none.
update orders set paid_at = created_at, summary = 'Thank you for your order.';

-- A confirmed order is a paid one.
alter table orders add check (confirmed_at >= paid_at), add check (confirmed_at is null or paid_at is not null);

-- Small however long the history grows: it holds what the worker has to do.
drop index orders_pending;
create index orders_to_do on orders (paid_at) where paid_at is not null and (confirmed_at is null or summary is null);

create index orders_stranded on orders (created_at) where checkout_id is null and paid_at is null and cancelled_at is null;

-- What Stripe has told us. It tells everything at least once, and we act on it at most once.
create table stripe_events (
  id          text primary key,
  type        text not null,
  received_at timestamptz not null default now()
);
