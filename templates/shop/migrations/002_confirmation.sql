-- An order is pending until the worker has confirmed it.
alter table orders add column confirmed_at timestamptz check (confirmed_at >= created_at);

-- Small however long the history grows: it holds the pending ones only.
create index orders_pending on orders (created_at) where confirmed_at is null;
