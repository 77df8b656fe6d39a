package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.List;

/**
 * What a stock-take found (盘点结果). On the wire: counted 2 ‖ batch of items ‖ batch of items ‖ batch of <i>text</i>.
 *
 * @param counted things that were counted and are in the register, held
 * @param missing things in the register, held or being handed over, that were not counted
 * @param surprising things counted that the register has as lost or destroyed
 * @param unknown serials counted that the register does not know
 */
public record StockTake(int counted, List<CustodyItem> missing, List<CustodyItem> surprising, List<String> unknown) {
    public StockTake {
        missing = List.copyOf(missing);
        surprising = List.copyOf(surprising);
        unknown = List.copyOf(unknown);
    }

    /** Whether register and shelf agree. */
    public boolean agrees() {
        return missing.isEmpty() && surprising.isEmpty() && unknown.isEmpty();
    }

    void encode(ByteWriter out) {
        out.u16(counted);
        Lists.encode(out, missing, CustodyItem::encode);
        Lists.encode(out, surprising, CustodyItem::encode);
        Lists.encode(out, unknown, (serial, to) -> to.text(serial));
    }

    static StockTake decode(ByteReader in) {
        return new StockTake(
                in.u16(),
                Lists.decode(in, CustodyItem::decode),
                Lists.decode(in, CustodyItem::decode),
                Lists.decode(in, ByteReader::text));
    }
}
