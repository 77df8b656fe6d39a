package io.zhitong.backend.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.Octets;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.keyapi.AuditCheckpoint;
import io.zhitong.keyapi.DeviceWord;
import io.zhitong.keyapi.DoorState;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.Testimony;
import io.zhitong.keyapi.VaultDoor;
import io.zhitong.keyapi.VaultState;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineRole;
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
    private final DeviceWitnesses devices = new DeviceWitnesses();
    private final List<List<DeviceWord>> passedOn = new ArrayList<>();
    private final List<Testimony> heard = new ArrayList<>();
    private Testimony answer = told(7);

    VaultWitnessTest(TestDatabase database) {
        this.database = database;
        this.witness = new VaultWitness(vault(), database.jdbc(), Clock.systemUTC(), devices);
    }

    @Test
    void what_the_vault_told_last_is_told_back_to_it_also_after_a_restart() {
        witness.speak();
        witness.speak();
        answer = told(109);
        witness.speak();
        new VaultWitness(vault(), database.jdbc(), Clock.systemUTC(), devices).speak();
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

    @Test
    void devices_are_told_the_newest_checkpoint_and_their_words_go_to_the_vault_once_and_as_they_came() {
        assertThat(devices.newest()).isEmpty();
        witness.speak();
        assertThat(devices.newest()).hasValue(Octets.of(point(7).toByteArray()));
        devices.said(door(42), Octets.of(point(4_000).toByteArray()));
        devices.said(door(43), Octets.of(point(3).toByteArray()));
        devices.said(door(44), Octets.zeros(104));
        devices.said(door(45), Octets.zeros(9));
        witness.speak();
        witness.speak();
        assertThat(passedOn).hasSize(1);
        assertThat(passedOn.get(0))
                .containsExactlyInAnyOrder(new DeviceWord(door(42), point(4_000)), new DeviceWord(door(43), point(3)));
        devices.said(door(43), Octets.of(point(4_100).toByteArray()));
        witness.speak();
        assertThat(passedOn.get(1)).containsExactly(new DeviceWord(door(43), point(4_100)));
    }

    @Test
    void a_vault_that_waits_hears_all_words_again_and_devices_keep_what_they_were_told() {
        witness.speak();
        for (int i = 1; i <= 300; i++) {
            devices.said(door(i), Octets.of(point(i).toByteArray()));
        }
        witness.speak();
        answer = new Testimony(Optional.empty());
        witness.speak();
        assertThat(passedOn).extracting(List::size).containsExactly(256, 44, 256, 44);
        assertThat(devices.newest()).hasValue(Octets.of(point(7).toByteArray()));
    }

    private static MachineName door(int number) {
        return new MachineName(MachineRole.CONTROLLER, "1-" + number);
    }

    private static AuditCheckpoint point(long number) {
        return new AuditCheckpoint(number, new byte[32], new byte[64]);
    }

    private int rows() {
        return database.jdbc()
                .sql("select count(*) from vault_checkpoint")
                .query(Integer.class)
                .single();
    }

    private static Testimony told(long number) {
        return new Testimony(Optional.of(point(number)));
    }

    private KeyAdministration vault() {
        VaultDoor door = proxy(VaultDoor.class, known -> {
            if (known instanceof List<?> words) {
                passedOn.add(words.stream().map(DeviceWord.class::cast).toList());
                return new DoorState(VaultState.OPEN, false, 0, 0, List.of(), 0);
            }
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
