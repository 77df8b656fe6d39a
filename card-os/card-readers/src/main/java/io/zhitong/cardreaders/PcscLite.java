package io.zhitong.cardreaders;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;
import org.jspecify.annotations.Nullable;

/**
 * The functions of libpcsclite used here; every {@code LONG} and {@code DWORD} of its header is a C {@code long}.
 *
 * <p>Source: winscard.h and pcsclite.h of pcsc-lite.
 */
interface PcscLite extends Library {
    PcscLite LIBRARY = Native.load("libpcsclite.so.1", PcscLite.class);

    int OK = 0;
    int INVALID_HANDLE = 0x80100003;
    int UNKNOWN_READER = 0x80100009;
    int TIMEOUT = 0x8010000A;
    int NO_CARD = 0x8010000C;
    int READER_UNAVAILABLE = 0x80100017;
    int NO_SERVICE = 0x8010001D;
    int SERVICE_STOPPED = 0x8010001E;
    int NO_READERS = 0x8010002E;
    int UNRESPONSIVE_CARD = 0x80100066;
    int RESET_CARD = 0x80100068;
    int REMOVED_CARD = 0x80100069;

    int SCOPE_SYSTEM = 2;
    int SHARE_EXCLUSIVE = 1;
    int PROTOCOL_T0_OR_T1 = 3;
    int PROTOCOL_T0 = 1;
    int UNPOWER_CARD = 2;
    int STATE_EMPTY = 0x10;
    int STATE_PRESENT = 0x20;

    NativeLong SCardEstablishContext(
            NativeLong scope, @Nullable Pointer unused1, @Nullable Pointer unused2, NativeLongByReference context);

    NativeLong SCardReleaseContext(NativeLong context);

    NativeLong SCardListReaders(
            NativeLong context, @Nullable String groups, byte @Nullable [] names, NativeLongByReference length);

    NativeLong SCardGetStatusChange(NativeLong context, NativeLong timeoutMillis, Pointer states, NativeLong count);

    NativeLong SCardConnect(
            NativeLong context,
            String reader,
            NativeLong shareMode,
            NativeLong protocols,
            NativeLongByReference card,
            NativeLongByReference protocol);

    NativeLong SCardStatus(
            NativeLong card,
            byte @Nullable [] name,
            NativeLongByReference nameLength,
            NativeLongByReference state,
            NativeLongByReference protocol,
            byte[] atr,
            NativeLongByReference atrLength);

    NativeLong SCardTransmit(
            NativeLong card,
            Pointer sendPci,
            byte[] send,
            NativeLong sendLength,
            @Nullable Pointer receivePci,
            byte[] receive,
            NativeLongByReference receiveLength);

    NativeLong SCardDisconnect(NativeLong card, NativeLong disposition);
}
