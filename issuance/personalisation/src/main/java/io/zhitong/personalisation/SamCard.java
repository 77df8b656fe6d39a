package io.zhitong.personalisation;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CardFiles;
import io.zhitong.cardspec.LeaseTerms;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.LeaseRequest;
import io.zhitong.smcrypto.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes a PSAM or an access SAM from a factory-fresh module (SAM 制卡) in two issues: the city's, which gives it a control
 * key and a serial number (一次发卡), and the community's, which binds it to community and terminal and loads the masters
 * (二次发卡). Every key goes in wrapped by the vault for this one module. An interrupted order is run again; a module that is
 * finished keeps its terminal sequence and its lease.
 */
public final class SamCard {
    private static final byte[] NAME = "ZHITONG.SAM".getBytes(StandardCharsets.US_ASCII);
    private static final int DF_SIZE = 0x0200;
    private static final int KEYS_SIZE = 0x00C0;
    private static final int FULL_STATUS = 0x0F;
    private static final int INFO_SIZE = 14;
    private static final int TERMINAL_SIZE = 6;
    private static final int APPLICATION_SIZE = 25;
    private static final int BOUGHT = 0x20;
    private static final int LEGACY_KEY = 0x01;
    private static final int LEASE_KEY = 0x01;

    private final KeyService keys;
    private final Function<LeaseRequest, byte[]> leases;

    /** Makes modules without a lease. */
    public SamCard(KeyService keys) {
        this(keys, request -> {
            throw new KeyServiceException(KeyRefusal.UNKNOWN_ITEM, "expected a register that grants leases");
        });
    }

    /** @param leases MAC of a lease, by the vault's register in which the module must be by then */
    public SamCard(KeyService keys, Function<LeaseRequest, byte[]> leases) {
        this.keys = keys;
        this.leases = leases;
    }

    /** The chip identifier of what lies in the reader, 8 bytes; nothing is written. */
    public byte[] chipId(CardChannel module) {
        return CardTakeOver.chipId(new CardCommands(module, keys));
    }

    /** Both issues, one after the other; throws as {@link #second}. */
    public MadeCard make(CardChannel module, SamOrder order, Progress progress) {
        var commands = new CardCommands(module, keys);
        if (serial(commands).isEmpty() || !isBound(commands, order)) {
            first(module, order.blank(), progress);
        }
        return second(module, order, progress);
    }

    /**
     * First issue (一次发卡).
     *
     * @throws PersonalisationRefused NOT_OURS: neither of our factory's batch nor of this city's stock; ALREADY_ISSUED: it has
     *     another serial number, or is a community's already
     */
    public MadeCard first(CardChannel module, SamBlank blank, Progress progress) {
        var commands = new CardCommands(module, keys);
        byte[] info = info(blank.kind(), blank.serial());
        if (serial(commands).filter(known -> !Arrays.equals(known, info)).isPresent()) {
            throw new PersonalisationRefused(PersonalisationRefused.Reason.ALREADY_ISSUED, "");
        }
        CardTakeOver.Owned owned = new CardTakeOver(commands, progress)
                .run(chipId -> control(blank.keyVersion(), blank.city(), SamOrder.stock(), chipId));
        progress.begins(CardStep.SAM_SERIAL);
        writeFile(commands, CardFiles.PUBLIC, info);
        return new MadeCard(owned.chipId());
    }

    /**
     * Second issue (二次发卡).
     *
     * @throws PersonalisationRefused NOT_FIRST_ISSUED; ALREADY_ISSUED: the module's serial number or kind is not the order's;
     *     NOT_OURS: it is neither in the city's stock nor this community's; CARD_DEFECT: what was written does not read back
     */
    public MadeCard second(CardChannel module, SamOrder order, Progress progress) {
        var commands = new CardCommands(module, keys);
        byte[] known = serial(commands)
                .orElseThrow(() -> new PersonalisationRefused(PersonalisationRefused.Reason.NOT_FIRST_ISSUED, ""));
        if (!Arrays.equals(known, info(order.kind(), order.serial()))) {
            throw new PersonalisationRefused(PersonalisationRefused.Reason.ALREADY_ISSUED, "");
        }
        CardTakeOver.Owned owned = new CardTakeOver(commands, progress)
                .run(
                        chipId -> key(KeyUsage.SAM_CONTROL, order, chipId),
                        chipId -> control(order.controlVersion(), order.city(), SamOrder.stock(), chipId));
        progress.begins(CardStep.SAM_BINDING);
        writeFile(commands, CardFiles.HOLDER, order.terminal());
        writeFile(commands, CardFiles.SAM_APPLICATION, order.application());
        progress.begins(CardStep.SAM_KEYS);
        if (!isMade(commands)) {
            writeApplication(commands, order, owned);
        }
        progress.begins(CardStep.SAM_LEASE);
        order.lease().ifPresent(lease -> writeLease(commands, order, lease));
        progress.begins(CardStep.SAM_CHECK);
        check(commands, order, owned);
        return new MadeCard(owned.chipId());
    }

    /**
     * Another version of the module's masters beside those it has (密钥轮换), so that it serves cards of both; a module that has
     * it already gets it again.
     *
     * @param order as the module was made
     * @param version of the master
     * @throws PersonalisationRefused NOT_OURS, or NOT_FIRST_ISSUED where no application is on it yet
     */
    public void addMaster(CardChannel module, SamOrder order, int version) {
        var commands = new CardCommands(module, keys);
        KeyRef control = key(KeyUsage.SAM_CONTROL, order, CardTakeOver.chipId(commands));
        if (!commands.selectDirectory(CardFiles.PSAM_DF)) {
            throw new PersonalisationRefused(PersonalisationRefused.Reason.NOT_FIRST_ISSUED, "");
        }
        if (!commands.authenticate(control)) {
            throw new PersonalisationRefused(PersonalisationRefused.Reason.NOT_OURS, "");
        }
        KeyRecord record = KeyRecord.versioned(version, master(order, version));
        try {
            commands.addKey(control, record);
        } catch (CardException e) {
            if (e.reason() != CardException.Reason.STATUS) {
                throw e;
            }
            commands.replaceKey(control, record);
        }
    }

    /** Content of 0015 in the MF, which is then selected; empty on a fresh module and where the first issue was cut off. */
    private static Optional<byte[]> serial(CardCommands commands) {
        commands.selectMf();
        return commands.readIfThere(CardFiles.PUBLIC, INFO_SIZE)
                .filter(content -> !Arrays.equals(content, new byte[INFO_SIZE]));
    }

    /** Whether the second issue has begun: the city's stock key is gone then. */
    private boolean isBound(CardCommands commands, SamOrder order) {
        byte[] chipId = CardTakeOver.chipId(commands);
        return commands.authenticate(key(KeyUsage.SAM_CONTROL, order, chipId));
    }

    /** serial 10 ‖ version 1 ‖ type 1 ‖ instruction set 1 ‖ reserved 1. */
    private static byte[] info(SamOrder.Kind kind, byte[] serial) {
        return new ByteWriter().bytes(serial).u8(1).u8(kind.code()).u16(0x0100).toByteArray();
    }

    private static void writeFile(CardCommands commands, int fileId, byte[] content) {
        Optional<byte[]> there = commands.readIfThere(fileId, content.length);
        if (there.isEmpty()) {
            commands.create(fileId, FilePlan.openBinary(content.length, FilePlan.FREE));
        }
        if (there.filter(known -> Arrays.equals(known, content)).isEmpty()) {
            commands.updateOpen(fileId, content);
        }
    }

    /** The sequence file is written last. The application is selected afterwards, if it is there. */
    private static boolean isMade(CardCommands commands) {
        return commands.selectDirectory(CardFiles.PSAM_DF)
                && commands.readIfThere(CardFiles.SAM_SEQUENCE, 4).isPresent();
    }

    private void writeApplication(CardCommands commands, SamOrder order, CardTakeOver.Owned owned) {
        commands.selectMf();
        commands.authenticate(owned.control());
        if (commands.select(NAME)) {
            commands.eraseCurrent();
        } else {
            commands.create(CardFiles.PSAM_DF, FilePlan.directory(DF_SIZE, 0, NAME));
            commands.select(NAME);
        }
        commands.create(0x0000, FilePlan.keys(KEYS_SIZE, 1));
        commands.addKey(owned.control(), KeyRecord.authentication(0, FULL_STATUS, owned.control()));
        commands.addKey(owned.control(), KeyRecord.versioned(order.keyVersion(), master(order, order.keyVersion())));
        if (order.boughtCards()) {
            commands.addKey(owned.control(), KeyRecord.versioned(boughtId(order), boughtMaster(order)));
        }
        if (order.lease().isPresent()) {
            commands.addKey(owned.control(), KeyRecord.line(LEASE_KEY, key(KeyUsage.SAM_LEASE, order, owned.chipId())));
            commands.create(CardFiles.SAM_DATE_SEEN, FilePlan.ownBinary(4));
            commands.create(CardFiles.SAM_LEASE, FilePlan.lease());
        }
        commands.create(CardFiles.SAM_SEQUENCE, FilePlan.openBinary(4, FilePlan.FREE));
        commands.updateOpen(CardFiles.SAM_SEQUENCE, new ByteWriter().u32(1).toByteArray());
    }

    /** A module that has a lease keeps it: what comes later is a renewal. */
    private void writeLease(CardCommands commands, SamOrder order, LeaseTerms lease) {
        byte[] known = commands.readBinary(CardFiles.SAM_LEASE, LeaseTerms.LENGTH);
        if (Arrays.equals(known, new byte[LeaseTerms.LENGTH])) {
            commands.updateBy(
                    challenge ->
                            leases.apply(new LeaseRequest(order.serial(), order.terminal(), lease.encode(), challenge)),
                    CardFiles.SAM_LEASE,
                    lease.encode());
        }
    }

    /** Reads all files back and has the application's own control key accepted. */
    private void check(CardCommands commands, SamOrder order, CardTakeOver.Owned owned) {
        boolean right = commands.selectDirectory(CardFiles.PSAM_DF)
                && commands.authenticate(owned.control())
                && commands.readIfThere(CardFiles.SAM_LEASE, LeaseTerms.LENGTH).isPresent()
                        == order.lease().isPresent();
        commands.selectMf();
        right = right
                && Arrays.equals(commands.readBinary(CardFiles.PUBLIC, INFO_SIZE), info(order.kind(), order.serial()))
                && Arrays.equals(commands.readBinary(CardFiles.HOLDER, TERMINAL_SIZE), order.terminal())
                && Arrays.equals(commands.readBinary(CardFiles.SAM_APPLICATION, APPLICATION_SIZE), order.application());
        if (!right) {
            throw new PersonalisationRefused(PersonalisationRefused.Reason.CARD_DEFECT, "");
        }
    }

    private static KeyRef master(SamOrder order, int version) {
        return switch (order.kind()) {
            case PURCHASE -> KeyRef.of(KeyUsage.DPK, version, order.city());
            case ACCESS -> KeyRef.of(KeyUsage.ACCESS_FAST, version, order.city(), order.community());
        };
    }

    private static KeyRef boughtMaster(SamOrder order) {
        return switch (order.kind()) {
            case PURCHASE -> KeyRef.of(KeyUsage.BOUGHT_DPK, order.keyVersion(), order.city());
            case ACCESS -> KeyRef.of(KeyUsage.BOUGHT_ACCESS, order.keyVersion(), order.city(), order.community());
        };
    }

    /** A PSAM finds its masters by version and algorithm; a door names its legacy master 01. */
    private static int boughtId(SamOrder order) {
        return order.kind() == SamOrder.Kind.PURCHASE ? BOUGHT | order.keyVersion() : LEGACY_KEY;
    }

    private static KeyRef key(KeyUsage usage, SamOrder order, byte[] chipId) {
        return KeyRef.of(usage, order.controlVersion(), order.city(), order.community(), chipId);
    }

    private static KeyRef control(int version, byte[] city, byte[] community, byte[] chipId) {
        return KeyRef.of(KeyUsage.SAM_CONTROL, version, city, community, chipId);
    }
}
