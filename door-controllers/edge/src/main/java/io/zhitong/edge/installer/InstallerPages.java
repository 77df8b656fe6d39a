package io.zhitong.edge.installer;

import java.util.List;

/** The page's HTML (安装页面); every text that came from elsewhere is escaped. */
final class InstallerPages {

    private final boolean english;

    InstallerPages(boolean english) {
        this.english = english;
    }

    private String t(String zh, String en) {
        return english ? en : zh;
    }

    private String page(String title, String body) {
        return "<!DOCTYPE html><html lang=\"" + (english ? "en" : "zh-CN") + "\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>" + title
                + "</title><link rel=\"stylesheet\" href=\"/installer.css\"></head><body><main><h1>" + title + "</h1>"
                + body + "</main><script src=\"/installer.js\" defer></script></body></html>";
    }

    String login(boolean wrong) {
        return page(
                t("智通 设备安装", "Zhitong device installation"),
                (wrong
                                ? "<p role=\"alert\" class=\"refused\">"
                                        + t(
                                                "安装码错误,或错误次数过多,请一分钟后再试",
                                                "Wrong code, or too many wrong ones: wait a minute")
                                        + "</p>"
                                : "")
                        + "<form method=\"post\" action=\"/login" + query() + "\"><p><label for=\"code\">"
                        + t("一次性安装码(8 位)", "One-time code (8 digits)")
                        + "</label> <input id=\"code\" name=\"code\" inputmode=\"numeric\" autocomplete=\"off\" required>"
                        + " <button>" + t("进入", "Enter") + "</button></p></form><p>"
                        + t(
                                "安装码见设备数据目录中的 installer-code 文件。",
                                "The code is in the file installer-code of the device's data folder.")
                        + "</p>" + other("/"));
    }

    String overview(DeviceDesk desk) {
        StringBuilder body =
                new StringBuilder("<nav><a href=\"/report" + query() + "\">" + t("验收报告", "Acceptance report")
                        + "</a><a href=\"/log" + query() + "\">" + t("日志", "Log") + "</a>" + other("/")
                        + button("/logout", "", t("退出", "Leave"))
                        + "</nav>");
        body.append("<h2>" + t("设备", "Device") + "</h2>").append(facts(desk));
        if (!desk.enrolled()) {
            body.append("<h2>" + t("注册", "Enrolment") + "</h2><p>"
                    + t(
                            "新设备用新令牌;更换故障设备:先在后台作废原证书,再用为原编号签发的令牌,编号与配置由本机接替。",
                            "A new device takes a new token. To replace a dead one, revoke its certificate in the console and take a"
                                    + " token issued for its number: number and configuration come to this device.")
                    + "</p><form method=\"post\" action=\"/enrol" + query() + "\"><p><label for=\"token\">"
                    + t("令牌", "Token")
                    + "</label> <input id=\"token\" name=\"token\" autocomplete=\"off\" required> <button>"
                    + t("注册", "Enrol") + "</button></p></form>");
        }
        body.append("<div id=\"live\">").append(live(desk.workbench())).append("</div>");
        return page(t("智通 设备安装", "Zhitong device installation"), body.toString());
    }

    private String facts(DeviceDesk desk) {
        StringBuilder table = new StringBuilder("<table><tbody>");
        desk.facts()
                .forEach(fact -> table.append(
                        "<tr><th scope=\"row\">" + escaped(fact.label().in(english)) + "</th><td>"
                                + escaped(fact.value().in(english)) + "</td></tr>"));
        return table.append("</tbody></table>").toString();
    }

    /** The part that changes by itself. */
    String live(Workbench bench) {
        StringBuilder body = new StringBuilder("<h2>" + t("门点与接线", "Points and lines") + "</h2><table><thead><tr>"
                + head(t("门点", "Point")) + head(t("读卡器", "Reader")) + head(t("输入", "Inputs"))
                + head(t("门锁", "Lock")) + "</tr></thead><tbody>");
        for (Workbench.PointView point : bench.points()) {
            body.append("<tr><td>" + point.number() + " " + escaped(point.name()) + fire(point) + "</td><td>"
                    + escaped(point.reader()) + "</td><td>" + lines(point.lines()) + "</td><td>"
                    + button("/click", Integer.toString(point.number()), t("动作一次", "Release once"))
                    + (point.clicked() ? " ✓" : "") + "</td></tr>");
        }
        body.append("</tbody></table><h2>" + t("刷卡", "Cards") + "</h2><ol>");
        bench.cards().forEach(card -> body.append("<li>" + escaped(card.in(english)) + "</li>"));
        return body.append("</ol>").toString();
    }

    private String fire(Workbench.PointView point) {
        if (point.fireZone() == 0) {
            return "";
        }
        return "<br>" + t("消防分区 ", "fire zone ") + point.fireZone() + ": "
                + (point.fireContact()
                        ? t("已接触点", "contact wired")
                        : "<strong>" + t("未接触点", "no contact wired") + "</strong>");
    }

    private String lines(List<Workbench.LineView> lines) {
        StringBuilder list = new StringBuilder();
        for (Workbench.LineView line : lines) {
            list.append(escaped(line.function().in(english)) + " " + line.terminal() + ": <strong>"
                    + escaped(line.state().in(english)) + "</strong>" + (line.rested() && line.acted() ? " ✓" : "")
                    + "<br>");
        }
        return list.toString();
    }

    String report(DeviceDesk desk, String at) {
        List<Workbench.PointView> points = desk.workbench().points();
        Acceptance acceptance = Acceptance.of(desk.enrolled(), points);
        StringBuilder body = new StringBuilder("<nav><a href=\"/" + query() + "\">" + t("返回", "Back") + "</a></nav>");
        body.append(facts(desk)).append("<p>" + t("时间 ", "Time ") + escaped(at) + "</p>");
        if (acceptance.accepted()) {
            body.append("<p class=\"accepted\">" + t("验收合格", "Accepted") + "</p>");
        } else {
            body.append("<div class=\"refused\"><p>" + t("不予验收", "Not accepted") + "</p><ul>");
            acceptance
                    .findings()
                    .forEach(finding -> body.append(
                            "<li>" + (finding.point() == 0 ? "" : t("门点 ", "point ") + finding.point() + ": ")
                                    + escaped(finding.missing().in(english)) + "</li>"));
            body.append("</ul></div>");
        }
        body.append("<h2>" + t("门点", "Points") + "</h2><table><tbody>");
        points.forEach(point -> body.append("<tr><th scope=\"row\">" + point.number() + " " + escaped(point.name())
                + "</th><td>" + fire(point) + "</td><td>" + lines(point.lines()) + "</td></tr>"));
        body.append("</tbody></table><p class=\"sign\"><span>" + t("安装人:", "Installer:") + "</span><span>"
                + t("验收人:", "Accepted by:") + "</span></p>");
        return page(t("验收报告", "Acceptance report"), body.toString());
    }

    String log(List<String> lines) {
        StringBuilder body = new StringBuilder(
                "<nav><a href=\"/" + query() + "\">" + t("返回", "Back") + "</a></nav><pre tabindex=\"0\">");
        lines.forEach(line -> body.append(escaped(line)).append('\n'));
        return page(t("日志", "Log"), body.append("</pre>").toString());
    }

    private String query() {
        return english ? "?lang=en" : "";
    }

    private String other(String path) {
        return "<a href=\"" + path + (english ? "" : "?lang=en") + "\" lang=\""
                + (english ? "zh-CN\">中文" : "en\">English") + "</a>";
    }

    private static String head(String text) {
        return "<th scope=\"col\">" + text + "</th>";
    }

    private String button(String action, String point, String text) {
        return "<form method=\"post\" action=\"" + action + query()
                + "\"><input type=\"hidden\" name=\"point\" value=\"" + point + "\"><button>" + text
                + "</button></form>";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
