package io.zhitong.backend.vault;

import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineTls;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** TLS of an identity that is renewed while the program runs (续期中的安全连接): made anew when the identity is another. Thread-safe. */
public final class RenewingTls implements Supplier<MachineTls> {
    private record Made(MachineIdentity identity, MachineTls tls) {}

    private final Supplier<MachineIdentity> identity;
    private final Function<MachineIdentity, MachineTls> make;
    private volatile @Nullable Made made;

    public RenewingTls(Supplier<MachineIdentity> identity, Function<MachineIdentity, MachineTls> make) {
        this.identity = identity;
        this.make = make;
    }

    /** For the next connection. */
    @Override
    public MachineTls get() {
        MachineIdentity now = identity.get();
        Made last = made;
        if (last == null || last.identity() != now) {
            last = new Made(now, make.apply(now));
            made = last;
        }
        return last.tls();
    }
}
