-- Who chose a user's password last instead of the user, and when; empty: nobody.
alter table console_user add column given_by varchar(100) default '' not null;
alter table console_user add column given_at timestamp with time zone;
