package io.zhitong.backend.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.keyapi.AuditCheckpoint;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.Testimony;
import io.zhitong.keyapi.VaultDoor;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@BothDatabases
final class VaultWitnessTest {
    private final TestDatabase database;
    private final VaultWitness witness;
    private final List<Testimony> heard = new ArrayList<>();
    private Testimony answer = told(7);

    VaultWitnessTest(TestDatabase database) {
        this.database = database;
        this.witness = new VaultWitness(vault(), database.jdbc(), Clock.systemUTC());
    }

    @Test
    void what_the_vault_told_last_is_told_back_to_it_also_after_a_restart() {
        witness.speak();
        witness.speak();
        answer = told(109);
        witness.speak();
        new VaultWitness(vault(), database.jdbc(), Clock.systemUTC()).speak();
        assertThat(heard).containsExactly(new Testimony(Optional.empty()), told(7), told(7), told(109));
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void a_vault_that_waits_tells_nothing_and_what_is_known_stays() {
        answer = told(205);
        witness.speak();
        answer = new Testimony(Optional.empty());
        witness.speak();
        witness.speak();
        assertThat(witness.newest()).isEqualTo(told(205).newest());
        assertThat(rows()).isEqualTo(1);
    }

    private int rows() {
        return database.jdbc()
                .sql("select count(*) from vault_checkpoint")
                .query(Integer.class)
                .single();
    }

    private static Testimony told(long number) {
        return new Testimony(Optional.of(new AuditCheckpoint(number, new byte[32], new byte[64])));
    }

    private KeyAdministration vault() {
        VaultDoor door = proxy(VaultDoor.class, known -> {
            heard.add((Testimony) known);
            return answer;
        });
        return proxy(KeyAdministration.class, nothing -> door);
    }

    private static <T> T proxy(Class<T> type, java.util.function.Function<Object, Object> does) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> does.apply(arguments == null ? "" : arguments[0])));
    }
}
