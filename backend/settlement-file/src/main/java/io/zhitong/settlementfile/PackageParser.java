package io.zhitong.settlementfile;

import io.zhitong.smcrypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a settlement file and says what is wrong with it, line by line (解析与查错). */
public final class PackageParser {
    /** Larger files are refused unread: 2 MiB hold more than {@link PackageHeader#MAX_RECORDS} records. */
    public static final int MAX_BYTES = 2 << 20;

    static final int MAX_FINDINGS = 50;

    private final List<Line> lines;
    private final boolean ended;
    private final List<Finding> findings = new ArrayList<>();
    private final List<SettlementRecord> records = new ArrayList<>();
    private final RecordOrder order = new RecordOrder();
    private Optional<PackageHeader> header = Optional.empty();
    private Optional<Finding> doubtfulTrailer = Optional.empty();
    private int trailerLine;
    private int bytesBefore;
    private boolean disturbed;
    private String link = CheckChain.START;
    private int repairs;

    private PackageParser(byte[] file) {
        lines = Line.split(file);
        ended = file.length > 0 && file[file.length - 1] == '\n';
    }

    /** Never throws for what a file contains; everything wrong is in the findings. */
    public static ParsedPackage parse(byte[] file) {
        if (file.length == 0 || file.length > MAX_BYTES) {
            Problem problem = file.length == 0 ? Problem.EMPTY : Problem.TOO_LARGE;
            Finding finding = new Finding(problem, 0, "", "1 to " + MAX_BYTES + " bytes", file.length + " bytes");
            return new ParsedPackage(Optional.empty(), List.of(), List.of(finding));
        }
        PackageParser parser = new PackageParser(file);
        parser.readLines();
        parser.conclude(file);
        return new ParsedPackage(parser.header, parser.records, parser.findings);
    }

    private void readLines() {
        for (int i = 0; i < lines.size() && findings.size() < MAX_FINDINGS; i++) {
            Line line = lines.get(i);
            boolean intact = line.fits(link);
            if (!intact && cutOff(i)) {
                return;
            }
            if (intact || !explained(line, i)) {
                place(line, intact);
            }
            bytesBefore += trailerLine == 0 ? line.text().length() + 1 : 0;
        }
    }

    private boolean cutOff(int index) {
        return index == lines.size() - 1 && !ended;
    }

    /** A changed byte in the content, or in the check value itself. Sets the link the next line must fit. */
    private boolean explained(Line line, int index) {
        Optional<Finding> change = repair(line);
        if (change.isEmpty() && nextLineFitsComputed(line, index)) {
            change = Optional.of(checkChanged(line));
            link = CheckChain.next(link, line.content());
        } else {
            link = line.check();
        }
        change.ifPresent(findings::add);
        if (change.isPresent()) {
            countAsRead(line, index);
        }
        return change.isPresent();
    }

    /** Thousands of hashes for one line: a file with everything shuffled is not worth them for each. */
    private Optional<Finding> repair(Line line) {
        repairs++;
        return repairs <= MAX_FINDINGS ? LineRepair.explain(line, link) : Optional.empty();
    }

    private boolean nextLineFitsComputed(Line line, int index) {
        String computed = CheckChain.next(link, line.content());
        return index + 1 < lines.size() && lines.get(index + 1).fits(computed);
    }

    private Finding checkChanged(Line line) {
        return new Finding(
                Problem.CHANGED, line.number(), "check", CheckChain.next(link, line.content()), line.check());
    }

    /** A changed line still stands for the line it was, so that nothing is called missing. */
    private void countAsRead(Line line, int index) {
        if (index == lines.size() - 1) {
            trailerLine = line.number();
        } else if (index > 0) {
            order.add(line.number(), order.size() + 1);
        }
    }

    private void place(Line line, boolean intact) {
        String before = link;
        link = line.check();
        LineKind expected = line.number() == 1 ? LineKind.HEADER : LineKind.RECORD;
        LineKind kind = LineKind.of(line.text()).orElse(expected);
        Optional<Finding> wrong = wrongPlace(line, kind).or(() -> LineForm.check(line, kind));
        if (wrong.isPresent()) {
            findings.add(wrong.get());
            return;
        }
        switch (kind) {
            case HEADER -> readHeader(line, intact);
            case RECORD -> readRecord(line, intact);
            case TRAILER -> readTrailer(line, intact, before);
        }
    }

    private Optional<Finding> wrongPlace(Line line, LineKind kind) {
        if (trailerLine > 0) {
            return Optional.of(new Finding(Problem.AFTER_TRAILER, line.number(), "", "the end", line.text()));
        }
        if (line.number() == 1 && kind != LineKind.HEADER) {
            return Optional.of(new Finding(Problem.HEADER_EXPECTED, 1, "tag", "H", line.text()));
        }
        if (line.number() > 1 && kind == LineKind.HEADER) {
            return Optional.of(new Finding(Problem.LINE_KIND, line.number(), "tag", "R or T", line.text()));
        }
        return Optional.empty();
    }

    private void readHeader(Line line, boolean intact) {
        try {
            header = Optional.of(LineForm.header(line));
        } catch (IllegalArgumentException e) {
            findings.add(new Finding(Problem.FORM, 1, "", String.valueOf(e.getMessage()), line.text()));
        }
        if (!intact) {
            findings.add(changedLine(line));
        }
    }

    private void readRecord(Line line, boolean intact) {
        int number = LineForm.recordNumber(line);
        boolean inPlace = order.isNext(number);
        // A line out of its place does not fit the one before it, nor its successor it: the order says why.
        if (!intact && inPlace && !disturbed) {
            findings.add(changedLine(line));
        }
        disturbed = !inPlace;
        order.add(line.number(), number);
        try {
            records.add(LineForm.record(line));
        } catch (IllegalArgumentException e) {
            findings.add(new Finding(Problem.FORM, line.number(), "", String.valueOf(e.getMessage()), line.text()));
        }
    }

    private void readTrailer(Line line, boolean intact, String before) {
        trailerLine = line.number();
        if (!intact) {
            String computed = CheckChain.next(before, line.content());
            doubtfulTrailer = Optional.of(new Finding(Problem.CHANGED, line.number(), "check", computed, line.check()));
        }
    }

    private static Finding changedLine(Line line) {
        return new Finding(Problem.CHANGED_LINE, line.number(), "", "", line.text());
    }

    private void conclude(byte[] file) {
        if (trailerLine == 0) {
            String found = "the end of the file after " + order.size() + " records";
            findings.add(new Finding(Problem.TRUNCATED, lines.size(), "", expectedRecords() + " and a trailer", found));
        } else if (!ended) {
            findings.add(new Finding(Problem.TRUNCATED, lines.size(), "", "LF at the end", "the end of the file"));
        }
        if (findings.isEmpty()) {
            order.problem(header.map(PackageHeader::count).orElse(-1), trailerLine)
                    .ifPresent(findings::add);
        }
        if (findings.isEmpty()) {
            doubtfulTrailer.ifPresent(findings::add);
        }
        if (findings.isEmpty()) {
            totals(file);
        }
    }

    private String expectedRecords() {
        return header.map(h -> h.count() + " records").orElse("records");
    }

    private void totals(byte[] file) {
        Line trailer = lines.get(trailerLine - 1);
        String[] t = trailer.fields();
        String count = String.valueOf(records.size());
        String amount = String.valueOf(
                records.stream().mapToLong(SettlementRecord::amountFen).sum());
        PackageHeader h = header.orElseThrow();
        total(1, "count", count, String.valueOf(h.count()));
        total(1, "amount", amount, String.valueOf(h.amountFen()));
        total(trailerLine, "count", count, t[LineKind.TRAILER.index("count")]);
        total(trailerLine, "amount", amount, t[LineKind.TRAILER.index("amount")]);
        digest(file, t[LineKind.TRAILER.index("SM3")]);
    }

    private void total(int line, String field, String expected, String found) {
        if (!expected.equals(found)) {
            findings.add(new Finding(Problem.TOTAL, line, field, expected, found));
        }
    }

    private void digest(byte[] file, String found) {
        String before = new String(file, 0, bytesBefore, StandardCharsets.ISO_8859_1);
        String expected = CheckChain.hex(Sm3.hash(before.getBytes(StandardCharsets.ISO_8859_1)));
        if (!expected.equals(found)) {
            findings.add(new Finding(Problem.DIGEST, trailerLine, "SM3", expected, found));
        }
    }
}
