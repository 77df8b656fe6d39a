package io.zhitong.link;

import com.google.protobuf.ByteString;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.link.proto.FromBackend;
import io.zhitong.link.proto.FromDevice;
import io.zhitong.link.proto.ListPart;
import io.zhitong.link.proto.ListPull;
import java.util.ArrayList;
import java.util.List;

/** Fetches all records of a list (整表拉取). */
final class FullFetch implements ListFetch {

    private final ListHeader header;
    private final List<byte[]> records = new ArrayList<>();

    FullFetch(ListHeader header) {
        this.header = header;
    }

    @Override
    public ListHeader header() {
        return header;
    }

    @Override
    public FromDevice question() {
        return FromDevice.newBuilder()
                .setList(ListPull.newBuilder()
                        .setKind(header.kind().code())
                        .setEpoch((int) header.version().epoch())
                        .setNumber(header.version().number())
                        .setFrom(records.size()))
                .build();
    }

    @Override
    public void take(FromBackend answer) {
        ListPart part = answer.getList();
        if (!answer.hasList() || part.getKind() != header.kind().code() || part.getFrom() != records.size()) {
            throw ListFetch.outOfTurn();
        }
        long total = (long) records.size() + part.getRecordCount();
        Wire.require(part.getRecordCount() > 0 && total <= header.count(), "the records that were signed for");
        for (ByteString record : part.getRecordList()) {
            records.add(record.toByteArray());
        }
    }

    @Override
    public boolean complete() {
        return records.size() >= header.count();
    }

    @Override
    public SignedList joined() {
        return SignedList.join(header, records);
    }
}
