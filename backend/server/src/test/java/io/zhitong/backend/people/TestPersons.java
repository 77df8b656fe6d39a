package io.zhitong.backend.people;

import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.keyapi.KeyService;
import java.time.Clock;

/** Personal data on a test's database. */
public final class TestPersons {
    private TestPersons() {}

    public static PersonalData on(TestDatabase database, KeyService vault) {
        PersonKeys keys = new PersonKeys(vault, new TestEstate(database).estate(), Clock.systemUTC());
        return new PersonalData(new DatumRows(database.jdbc()), keys);
    }
}
