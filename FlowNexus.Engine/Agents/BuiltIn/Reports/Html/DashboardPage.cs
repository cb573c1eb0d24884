using FlowNexus.Engine.Agents.BuiltIn.Reports.Model;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Html;

public static class DashboardPage
{
    public static string Write(ReportModel model, Table table) => HtmlReport.Write(model) + table.RowCount;
}
