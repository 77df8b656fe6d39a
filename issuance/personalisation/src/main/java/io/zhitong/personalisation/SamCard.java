package io.zhitong.personalisation;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardFiles;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.ResponseApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.smcrypto.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes a PSAM or an access SAM from a factory-fresh module (SAM 制卡). The master goes in wrapped by the vault for this one
 * module. An interrupted order is run again; a module that is finished keeps its terminal sequence.
 */
public final class SamCard {
    private static final byte[] NAME = "ZHITONG.SAM".getBytes(StandardCharsets.US_ASCII);
    private static final int DF_SIZE = 0x0200;
    private static final int KEYS_SIZE = 0x00C0;
    private static final int SEQUENCE_FILE = 0x0019;
    private static final int FULL_STATUS = 0x0F;
    private static final int INFO_SIZE = 14;
    private static final int TERMINAL_SIZE = 6;
    private static final int BOUGHT = 0x20;
    private static final int LEGACY_KEY = 0x01;

    private final KeyService keys;

    public SamCard(KeyService keys) {
        this.keys = keys;
    }

    /**
     * Runs the order on the module; throws as {@link ResidentCard#make}.
     *
     * @return the chip's identifier
     */
    public MadeCard make(CardChannel module, SamOrder order, Progress progress) {
        var commands = new CardCommands(module, keys);
        refuseOther(module, commands, order);
        var takeOver = new CardTakeOver(commands, progress);
        CardTakeOver.Owned owned = takeOver.run(chipId -> key(KeyUsage.SAM_CONTROL, order, chipId));
        progress.begins(CardStep.SAM_FILES);
        writeFile(module, commands, CardFiles.PUBLIC, info(order));
        writeFile(module, commands, CardFiles.HOLDER, order.terminal());
        progress.begins(CardStep.SAM_KEYS);
        if (!isMade(module)) {
            writeApplication(commands, order, owned);
        }
        return new MadeCard(owned.chipId());
    }

    /** A finished module keeps its serial number and its kind; nothing has been sent to it yet but reading. */
    private static void refuseOther(CardChannel module, CardCommands commands, SamOrder order) {
        commands.selectMf();
        ResponseApdu known =
                module.send(new CommandApdu(0x00, 0xB0, 0x80 | CardFiles.PUBLIC & 0x1F, 0x00, new byte[0], INFO_SIZE));
        boolean other = known.is(StatusWord.OK) && !Arrays.equals(known.data(), info(order));
        if (other && isMade(module)) {
            throw new PersonalisationRefused(PersonalisationRefused.Reason.ALREADY_ISSUED, "");
        }
    }

    /** serial 10 ‖ version 1 ‖ type 1 ‖ instruction set 1 ‖ reserved 1. */
    private static byte[] info(SamOrder order) {
        return new ByteWriter()
                .bytes(order.serial())
                .u8(1)
                .u8(order.kind() == SamOrder.Kind.PURCHASE ? 1 : 2)
                .u16(0x0100)
                .toByteArray();
    }

    private static void writeFile(CardChannel module, CardCommands commands, int fileId, byte[] content) {
        int size = fileId == CardFiles.PUBLIC ? INFO_SIZE : TERMINAL_SIZE;
        boolean there = !module.send(new CommandApdu(0x00, 0xB0, 0x80 | fileId & 0x1F, 0x00, new byte[0], size))
                .is(StatusWord.FILE_NOT_FOUND);
        if (!there) {
            commands.create(fileId, FilePlan.openBinary(size, FilePlan.FREE));
        }
        commands.updateOpen(fileId, content);
    }

    /** The sequence file is written last. */
    private static boolean isMade(CardChannel module) {
        byte[] id = new ByteWriter().u16(CardFiles.PSAM_DF).toByteArray();
        boolean there =
                module.send(new CommandApdu(0x00, 0xA4, 0x00, 0x00, id, 256)).is(StatusWord.OK);
        return there
                && module.send(new CommandApdu(0x00, 0xB0, 0x80 | SEQUENCE_FILE & 0x1F, 0x00, new byte[0], 4))
                        .is(StatusWord.OK);
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
        commands.addKey(owned.control(), KeyRecord.versioned(order.keyVersion(), master(order)));
        if (order.boughtCards()) {
            commands.addKey(owned.control(), KeyRecord.versioned(boughtId(order), boughtMaster(order)));
        }
        commands.create(SEQUENCE_FILE, FilePlan.openBinary(4, FilePlan.FREE));
        commands.updateOpen(SEQUENCE_FILE, new ByteWriter().u32(1).toByteArray());
    }

    private static KeyRef master(SamOrder order) {
        return switch (order.kind()) {
            case PURCHASE -> KeyRef.of(KeyUsage.DPK, order.keyVersion(), order.city());
            case ACCESS -> KeyRef.of(KeyUsage.ACCESS_FAST, order.keyVersion(), order.city(), order.community());
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
        return KeyRef.of(usage, order.keyVersion(), order.city(), order.community(), chipId);
    }
}
