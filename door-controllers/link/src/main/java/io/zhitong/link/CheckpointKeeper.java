package io.zhitong.link;

import io.zhitong.accessmodel.Octets;
import java.util.Optional;

/**
 * Where a device keeps the newest signed place of the vault's audit that it was told (检查点留存), so that a vault restored from
 * a backup learns how far it had come. Calls come one after the other. Layout: docs/keys.md, <i>checkpoint</i>.
 */
public interface CheckpointKeeper {
    /** Bytes of a checkpoint: number 8 ‖ hash 32 ‖ signature 64. */
    int LENGTH = 104;

    /** What the next hello says. */
    Optional<Octets> newest();

    /**
     * Told by the backend, and not yet proved.
     *
     * @param checkpoint {@value #LENGTH} bytes
     */
    void told(Octets checkpoint);

    /** For a device that knows no key to prove a checkpoint by. */
    static CheckpointKeeper none() {
        return new CheckpointKeeper() {
            @Override
            public Optional<Octets> newest() {
                return Optional.empty();
            }

            @Override
            public void told(Octets checkpoint) {
                // without the key nothing is believed
            }
        };
    }
}
