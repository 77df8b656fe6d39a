-- The ledger is transfers: one amount leaves one account and enters another, so that the sum over all accounts is zero by
-- construction. Amounts are fen.
create table ledger_day (
    community_id int not null,
    open_day date not null,
    primary key (community_id),
    foreign key (community_id) references community (community_id)
);

create table ledger_account (
    community_id int not null,
    id uuid not null,
    purpose varchar(20) not null,
    party varchar(40) not null,
    name varchar(100) not null,
    primary key (community_id, id),
    unique (community_id, purpose, party),
    foreign key (community_id) references community (community_id)
);
comment on table ledger_account is 'append only: accounts';

create table ledger_entry (
    community_id int not null,
    id uuid not null,
    business_key varchar(100) not null,
    kind varchar(20) not null,
    business_day date not null,
    posted_at timestamp with time zone not null,
    reference varchar(200) not null,
    primary key (community_id, id),
    unique (community_id, business_key),
    foreign key (community_id) references community (community_id)
);
comment on table ledger_entry is 'append only: why money moved';
create index ledger_entry_day on ledger_entry (community_id, business_day, id);

create table ledger_transfer (
    community_id int not null,
    entry_id uuid not null,
    n int not null,
    business_day date not null,
    debit_id uuid not null,
    credit_id uuid not null,
    amount_fen bigint not null,
    primary key (community_id, entry_id, n),
    foreign key (community_id, entry_id) references ledger_entry (community_id, id),
    foreign key (community_id, debit_id) references ledger_account (community_id, id),
    foreign key (community_id, credit_id) references ledger_account (community_id, id),
    check (amount_fen > 0),
    check (debit_id <> credit_id)
);
comment on table ledger_transfer is 'append only: money that moved';
create index ledger_transfer_debit on ledger_transfer (community_id, debit_id, business_day);
create index ledger_transfer_credit on ledger_transfer (community_id, credit_id, business_day);

create table ledger_snapshot (
    community_id int not null,
    account_id uuid not null,
    through_day date not null,
    balance_fen bigint not null,
    primary key (community_id, account_id, through_day),
    foreign key (community_id, account_id) references ledger_account (community_id, id)
);
comment on table ledger_snapshot is 'append only: credits minus debits of all closed days';
