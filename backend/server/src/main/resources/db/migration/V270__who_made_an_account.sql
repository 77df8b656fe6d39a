-- Who made an account, and when, apart from who gave it its last password; empty: it was its owner's own from the beginning.
alter table console_user add column made_by varchar(100) default '' not null;
alter table console_user add column made_at timestamp with time zone;
update console_user set made_by = given_by, made_at = given_at;
