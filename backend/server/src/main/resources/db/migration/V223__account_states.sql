-- GIVEN: somebody else knows the password; the user changes it before anything else.
alter table console_user add column state varchar(8) default 'OPEN' not null;
alter table console_user add constraint console_user_state check (state in ('OPEN', 'GIVEN', 'DISABLED'));
