package io.zhitong.cos.purse;

import io.zhitong.cos.file.RecordFile;

/** New content of one record (复合消费数据缓存), written when its purchase is debited. */
record CappRecord(RecordFile file, int number, byte[] content) {
    void write() {
        file.update(number, content);
    }
}
