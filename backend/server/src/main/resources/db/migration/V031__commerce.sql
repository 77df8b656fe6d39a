create table merchant (
    community_id int not null,
    code varchar(16) not null,
    name varchar(100) not null,
    device_number bigint not null,
    primary key (community_id, code),
    unique (community_id, device_number),
    foreign key (community_id, device_number) references device (community_id, number)
);

-- What became of each purchase: a projection of the event store that can be rebuilt. record is the terminal's 64 bytes.
create table purchase (
    community_id int not null,
    psam varchar(20) not null,
    terminal_sequence bigint not null,
    record bytea not null,
    device_number bigint not null,
    event_position bigint not null,
    received_at timestamp with time zone not null,
    state varchar(12) not null,
    merchant varchar(16),
    card_serial varchar(20) not null,
    card_counter int not null,
    amount_fen bigint not null,
    made_at varchar(14) not null,
    business_day date,
    entry_id uuid,
    primary key (community_id, psam, terminal_sequence),
    foreign key (community_id, merchant) references merchant (community_id, code),
    foreign key (community_id, entry_id) references ledger_entry (community_id, id)
);
create index purchase_state on purchase (community_id, state, event_position);
create index purchase_card on purchase (community_id, card_serial, card_counter);
create index purchase_position on purchase (community_id, event_position);
create index purchase_day on purchase (community_id, business_day, merchant);

create table suspense_item (
    community_id int not null,
    id uuid not null,
    psam varchar(20) not null,
    terminal_sequence bigint not null,
    reason varchar(20) not null,
    amount_fen bigint not null,
    record bytea not null,
    device_number bigint not null,
    business_day date not null,
    noted_at timestamp with time zone not null,
    entry_id uuid,
    primary key (community_id, id),
    foreign key (community_id, entry_id) references ledger_entry (community_id, id)
);
comment on table suspense_item is 'append only: records that were not paid, and why';
create index suspense_day on suspense_item (community_id, business_day);

create table purse_load (
    community_id int not null,
    card_serial varchar(20) not null,
    online_counter int not null,
    amount_fen bigint not null,
    new_balance_fen bigint not null,
    tac varchar(8) not null,
    made_at varchar(14) not null,
    clerk varchar(100) not null,
    entry_id uuid not null,
    primary key (community_id, card_serial, online_counter),
    foreign key (community_id, entry_id) references ledger_entry (community_id, id)
);
comment on table purse_load is 'append only: purses loaded at the desk';
