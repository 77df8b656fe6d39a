package io.zhitong.edge;

import io.zhitong.accessmodel.Octets;
import io.zhitong.link.CheckpointKeeper;
import io.zhitong.machinetls.MachineTlsException;
import io.zhitong.machinetls.PrivateFiles;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest place of the vault's audit that this device was told (检查点留存), in the file {@code audit.checkpoint} of its data
 * folder. Only what the vault's AUDIT key signed is believed, and only a higher number replaces a lower one: a backend that
 * lies changes nothing.
 */
final class KeptCheckpoint implements CheckpointKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(KeptCheckpoint.class);
    private static final int NUMBER_AND_HASH = 40;

    private final Path file;
    private final Sm2PublicKey auditKey;
    private final AtomicReference<Optional<Octets>> newest;

    private KeptCheckpoint(Path file, Sm2PublicKey auditKey) {
        this.file = file;
        this.auditKey = auditKey;
        this.newest = new AtomicReference<>(stored());
    }

    /** Of a device that was enrolled without an audit key: nothing is kept. */
    static CheckpointKeeper in(Path folder, Optional<Sm2PublicKey> auditKey) {
        return auditKey.<CheckpointKeeper>map(key -> new KeptCheckpoint(folder.resolve("audit.checkpoint"), key))
                .orElseGet(CheckpointKeeper::none);
    }

    @Override
    public Optional<Octets> newest() {
        return Objects.requireNonNull(newest.get());
    }

    @Override
    public void told(Octets checkpoint) {
        long number = number(checkpoint);
        if (newest().filter(kept -> number(kept) >= number).isPresent()) {
            return;
        }
        if (!signed(checkpoint)) {
            LOG.warn("a checkpoint that the vault did not sign is not kept");
            return;
        }
        try {
            PrivateFiles.write(file, Hex.of(checkpoint.toByteArray()));
            newest.set(Optional.of(checkpoint));
        } catch (MachineTlsException e) {
            LOG.warn("the vault's newest checkpoint is not kept: {}", e.getMessage());
        }
    }

    private static long number(Octets checkpoint) {
        return new ByteReader(checkpoint.toByteArray()).u64();
    }

    private boolean signed(Octets checkpoint) {
        ByteReader in = new ByteReader(checkpoint.toByteArray());
        byte[] message =
                new ByteWriter().ascii("ZTA1").bytes(in.bytes(NUMBER_AND_HASH)).toByteArray();
        return number(checkpoint) > 0 && Sm2.verify(auditKey, message, in.rest());
    }

    private Optional<Octets> stored() {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) != 2 * LENGTH) {
                return Optional.empty();
            }
            return Optional.of(Octets.of(Hex.parse(Files.readString(file)))).filter(this::signed);
        } catch (IOException | MalformedInput e) {
            LOG.warn("the file {} cannot be read: a checkpoint is kept anew", file);
            return Optional.empty();
        }
    }
}
