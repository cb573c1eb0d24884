using FlowNexus.Web.Ui.Lists;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Gallery;

public sealed partial class GalleryLists : ComponentBase
{
    private static readonly string[] Statuses = ["running", "completed", "failed"];
    private static readonly Dictionary<string, long> Counts = new() { ["running"] = 2, ["completed"] = 1_204, ["failed"] = 17 };

    private static readonly PreviewColumn[] Columns =
        [new("customer_id", "text"), new("signed_up", "date"), new("orders", "integer", IsNumber: true), new("revenue", "decimal", IsNumber: true), new("note")];

    private static readonly IReadOnlyList<string?>[] Rows =
    [
        ["C-10021", "2024-01-14", "12", "1 204.50", null],
        ["C-10022", "2024-01-15", "3", "89.00", "A note that is much longer than its column, so that it is cut and shown whole on hover"],
        ["C-10023", "2024-02-02", null, null, "No orders yet"],
    ];

    private ListQuery _query = new() { Text = "pipeline", Statuses = ["failed"] };
}
