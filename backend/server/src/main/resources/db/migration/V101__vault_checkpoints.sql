create table vault_checkpoint (
    number bigint not null primary key,
    hash bytea not null,
    signature bytea not null,
    told_at timestamp with time zone not null
);
comment on table vault_checkpoint is 'append only: signed places in the vault''s audit chain, told back to a vault that was restored';
