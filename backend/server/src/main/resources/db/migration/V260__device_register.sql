-- Where a device hangs, and when it went out of service: its row and number stay, so that what it told can be read.
alter table device add column place varchar(100) default '' not null;
alter table device add column retired_at timestamp with time zone;
