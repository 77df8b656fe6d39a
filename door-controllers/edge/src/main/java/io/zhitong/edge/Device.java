package io.zhitong.edge;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.ListGate;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.machinetls.MachineRole;
import java.nio.file.Path;

/**
 * What a device program works with (设备): configuration, journal, lists, clock, health, commands. Made by
 * {@link DeviceProgram} before the program's own part starts. Safe for use by several threads.
 */
public final class Device implements AutoCloseable {

    private final DeviceConfig config;
    private final DeviceAddress address;
    private final EdgeClock clock;
    private final Health health = new Health();
    private final Journal journal;
    private final ListStore lists;
    private final DeviceState state;
    private final LastWord lastWord;
    private final Commands commands;
    private final PictureStore pictures;

    Device(
            DeviceConfig config,
            Enrolled enrolled,
            DeviceCertificate certificate,
            EdgeClock clock,
            JournalLimits limits) {
        this.config = config;
        this.address = enrolled.address();
        this.clock = clock;
        Path data = config.data();
        TombstoneSigner signer = TombstoneSigner.of(certificate::identity);
        Path log = data.resolve("journal.db");
        // Payments that nobody has yet must not be left behind: a till with a damaged journal waits for a person.
        journal = enrolled.identity().name().role() == MachineRole.POS
                ? Journal.open(log, address, clock, limits, signer)
                : Journal.openAnew(log, address, clock, limits, signer, this::damaged);
        lists = ListStore.openAnew(
                data.resolve("lists.db"),
                new ListGate(address.community(), address.device(), enrolled.policyKey()),
                this::damaged);
        state = DeviceState.openAnew(data.resolve("state.db"), this::damaged);
        lists.held(ListKind.REVOCATIONS).ifPresent(certificate::believe);
        lists.onInstalled(certificate::believe);
        lastWord = new LastWord(state, clock, System::nanoTime);
        commands = new Commands(journal);
        pictures = PictureStore.open(
                data.resolve("pictures"),
                PictureLimits.DEFAULT,
                () -> clock.read().deviceMillis(),
                health);
    }

    /** Until the next start, so that somebody sees it. */
    private void damaged(Path aside) {
        String name = String.valueOf(aside.getFileName());
        health.broken(name, "damaged, begun anew");
    }

    public DeviceConfig config() {
        return config;
    }

    public DeviceAddress address() {
        return address;
    }

    public EdgeClock clock() {
        return clock;
    }

    public Health health() {
        return health;
    }

    public Journal journal() {
        return journal;
    }

    /** What the program remembers over restarts. */
    public DeviceState state() {
        return state;
    }

    public ListStore lists() {
        return lists;
    }

    /** How long the backend has been silent. */
    public LastWord lastWord() {
        return lastWord;
    }

    /** Pictures on their way to the backend. */
    public PictureStore pictures() {
        return pictures;
    }

    /** Says what the program does with a kind of command; kinds without an action are refused as not supported. */
    public void onCommand(CommandKind kind, CommandAction action) {
        commands.on(kind, action);
    }

    Commands commands() {
        return commands;
    }

    @Override
    public void close() {
        state.close();
        lists.close();
        journal.close();
    }
}
