package io.zhitong.backend.people;

import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyTerms;
import io.zhitong.keyapi.KeyUsage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Personal data on a test's database. */
public final class TestPersons {
    private TestPersons() {}

    public static PersonalData on(TestDatabase database, KeyService vault) {
        PersonKeys keys = new PersonKeys(vault, new TestEstate(database).estate(), Clock.systemUTC());
        return new PersonalData(new DatumRows(database.jdbc()), keys);
    }

    /**
     * As after a new version. It is not made in the vault, which all tests share: that answers for its only one, with other digests
     * for the second.
     */
    public static PersonalData ofSecondVersion(TestDatabase database, KeyService vault) {
        return on(database, noting(vault, new ArrayList<>(), 2));
    }

    public static KeyService sealed() {
        return proxy((method, arguments) -> {
            throw new KeyServiceException(KeyRefusal.SEALED, "test");
        });
    }

    /** The vault, with what it was asked; it says which version is the newest. */
    static KeyService noting(KeyService vault, List<String> asked, int newest) {
        return proxy((method, arguments) -> {
            asked.add(method.getName());
            if (method.getName().equals("keys")) {
                KeyRef root = KeyRef.of(KeyUsage.PERSONAL_DATA, newest);
                return List.of(new KeyListing(root, KeyState.ACTIVE, KeyTerms.own(1), 1, 1, new byte[3]));
            }
            return method.invoke(vault, FirstVersion.of((List<?>) arguments[0]));
        });
    }

    private interface Answer {
        Object to(Method method, Object... arguments) throws ReflectiveOperationException;
    }

    private static KeyService proxy(Answer answer) {
        return (KeyService) Proxy.newProxyInstance(
                KeyService.class.getClassLoader(), new Class<?>[] {KeyService.class}, (self, method, arguments) -> {
                    try {
                        return answer.to(method, arguments == null ? new Object[0] : arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
