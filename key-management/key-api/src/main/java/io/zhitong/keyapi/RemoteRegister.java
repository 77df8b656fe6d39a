package io.zhitong.keyapi;

import java.util.List;

/** {@link CustodyRegister} over the wire. */
final class RemoteRegister implements CustodyRegister {
    private static final int MAC = 4;

    private final WireAsker wire;

    RemoteRegister(WireAsker wire) {
        this.wire = wire;
    }

    @Override
    public List<CustodyItem> items() {
        return wire.ask(RegisterOp.ITEMS, out -> {}, in -> Lists.decode(in, CustodyItem::decode));
    }

    @Override
    public CustodyItem enter(CustodyEntry entry) {
        return wire.ask(RegisterOp.ENTER, entry::encode, CustodyItem::decode);
    }

    @Override
    public CustodyItem handOver(int item, CustodyPerson giver, String receiver, String place) {
        return wire.ask(
                RegisterOp.HAND_OVER,
                out -> {
                    out.u16(Checks.range("item", item, 0, 0xFFFF));
                    giver.encode(out);
                    out.text(receiver).text(place);
                },
                CustodyItem::decode);
    }

    @Override
    public CustodyItem confirm(int item, CustodyPerson receiver) {
        return wire.ask(
                RegisterOp.CONFIRM,
                out -> {
                    out.u16(Checks.range("item", item, 0, 0xFFFF));
                    receiver.encode(out);
                },
                CustodyItem::decode);
    }

    @Override
    public CustodyItem lost(int item, String reporter) {
        return wire.ask(
                RegisterOp.LOST,
                out -> out.u16(Checks.range("item", item, 0, 0xFFFF)).text(reporter),
                CustodyItem::decode);
    }

    @Override
    public CustodyItem destroyed(int item, CustodyPerson by, CustodyPerson witness) {
        return wire.ask(
                RegisterOp.DESTROYED,
                out -> {
                    out.u16(Checks.range("item", item, 0, 0xFFFF));
                    by.encode(out);
                    witness.encode(out);
                },
                CustodyItem::decode);
    }

    @Override
    public StockTake stockTake(List<String> serials, CustodyPerson one, CustodyPerson other) {
        return wire.ask(
                RegisterOp.STOCK_TAKE,
                out -> {
                    Lists.encode(out, serials, (serial, to) -> to.text(serial));
                    one.encode(out);
                    other.encode(out);
                },
                StockTake::decode);
    }

    @Override
    public byte[] lease(LeaseRequest request) {
        return wire.ask(RegisterOp.LEASE, request::encode, in -> in.bytes(MAC));
    }
}
