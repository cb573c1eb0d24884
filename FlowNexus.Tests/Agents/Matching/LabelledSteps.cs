namespace FlowNexus.Tests.Agents.Matching;

/// <summary>
/// Steps as people write them, each with the skill a person would give them to. Written before the taxonomy had its
/// aliases, and split before anything was tuned: every second line is held out. Tuning looked at <see cref="Tuning"/> only.
/// </summary>
internal static class LabelledSteps
{
    private const string Lines = """
        extract | Pull last month's orders from the shop API
        extract | gather survey responses from the shared folder
        extract | Download the exchange rates published by the central bank
        extract | load_customer_records
        extract | Get the sales figures for March out of the warehouse
        extract | read in the csv files with the sensor logs
        extract | Scrape product prices from competitor sites
        extract | data_ingestion: bring in the raw click stream
        extract | Collect the transactions of all branches
        extract | retrieve patient visits from the registry
        profile | Find out what the data looks like before we start
        profile | Describe every column: type, range and gaps
        profile | exploratory look at the survey answers
        profile | data_assessment
        profile | How complete is the customer table?
        profile | Get an overview of distributions and correlations
        profile | Inspect the structure of the uploaded file
        profile | explore_dataset
        profile | Work out the size of the data and how many values are empty
        profile | understand the shape and contents of the new feed
        clean | Remove duplicate customers and fix broken phone numbers
        clean | tidy up the addresses
        clean | preprocess_records
        clean | Fill gaps in the income column and drop impossible ages
        clean | Get rid of junk rows and stray whitespace
        clean | Standardise country names
        clean | Data cleansing
        clean | Handle missing values and outliers
        clean | repair the inconsistent dates in the export
        clean | scrub the mailing list
        transform | Add a column with the margin of each order
        transform | rename the fields and convert prices to euros
        transform | Reshape the table from wide to long
        transform | derive_features
        transform | Compute the age of every customer from the birth date
        transform | map the old category codes onto the new ones
        transform | Keep only the rows with revenue above 1000
        transform | convert temperatures from Fahrenheit to Celsius
        transform | filter out test accounts and sort by date
        transform | Calculate delivery time for each shipment
        aggregate | Total revenue per region and month
        aggregate | count the visits by channel
        aggregate | Average order value for each customer segment
        aggregate | roll up the hourly readings to days
        aggregate | group_by_country
        aggregate | Sum hours worked by employee
        aggregate | build a pivot of sales by product and quarter
        aggregate | compute the number of tickets per team
        aggregate | Median waiting time by clinic
        aggregate | monthly_totals
        sql | Run a SELECT over the orders and customers tables
        sql | query the joined tables with SQL
        sql | execute_sql_query
        sql | answer with a select statement which clients bought twice
        sql | Use SQL to find the ten largest accounts
        sql | run a database query on the extracted tables
        sql | Write a query that lists overdue invoices
        sql | select distinct cities from the table where status is open
        sql | sql_analysis
        sql | Run this statement against the data: SELECT * FROM steps
        summarise | Give the key figures and main findings in short
        summarise | summarize_results
        summarise | Boil the numbers down to five takeaways
        summarise | Work out headline statistics for the board
        summarise | short digest of what happened this week
        summarise | Executive summary of the quarter
        summarise | Highlight the most important trends
        summarise | state the main insights from the analysis
        summarise | recap the outcome of the campaign in numbers
        summarise | condense the findings
        report | Produce a PDF for management with charts
        report | build the monthly dashboard
        report | report_generation
        report | Create an HTML page with tables and graphs of the results
        report | export the results as a spreadsheet and a document
        report | Publish the quarterly figures as a nicely formatted document
        report | Visualise churn over time
        report | plot sales per region in a chart
        report | Deliver the final report to stakeholders
        report | make a presentation-ready overview with diagrams
        draft_text | Write the introduction of the newsletter from these facts
        draft_text | draft a blog post about the launch
        draft_text | compose_email_copy
        draft_text | Write a product description for each item in the list
        draft_text | Content generation for the marketing page
        draft_text | draft release notes from the list of changes
        draft_text | put together a short press text
        draft_text | write_article
        draft_text | Prepare a cover letter from the given facts
        draft_text | formulate an announcement about the price change
        check | validate input data
        check | Make sure no invoice has a negative amount
        check | verify that every order has a customer
        check | data_quality_gate
        check | Confirm that ids are unique and emails are well formed
        check | test whether the columns match the agreed schema
        check | quality assurance of the delivered file
        check | assert that totals add up
        check | Review the content against the rules
        check | ensure the required fields are filled
        evaluate_model | Measure the accuracy of the churn classifier on unseen rows
        evaluate_model | model_validation
        evaluate_model | Score the trained model on the test set
        evaluate_model | how good are the predictions
        evaluate_model | compute precision and recall of the classifier
        evaluate_model | test_model_performance
        evaluate_model | Assess the forecast against what really happened
        evaluate_model | cross-validate the model with five folds
        evaluate_model | benchmark the regression on held-out data
        evaluate_model | judge the quality of the learned model
        compare | What changed between this month's list and last month's
        compare | diff_versions
        compare | Contrast the results of branch A with branch B
        compare | Find the differences between the two exports
        compare | compare forecasts with actuals by store
        compare | Spot rows which are in one table but not in the other
        compare | reconcile bank statement against ledger
        compare | A/B comparison of both variants
        compare | show deviations from the previous run
        compare | check old and new prices side by side
        split | Divide the customers into batches of 500
        split | partition_by_region
        split | Break the job up into chunks for the workers
        split | Separate the data into training and test sets
        split | cut the file into smaller pieces
        split | fan out the orders per warehouse
        split | split the list into equal parts
        split | distribute the rows over four workers
        split | Segment the dataset by country into separate tables
        split | train_test_split
        merge | Join customers with their orders
        merge | combine_results
        merge | Bring the partial results of all branches together
        merge | Append the January and February tables
        merge | unite the outputs of the parallel steps
        merge | Consolidate the spreadsheets of every office into one
        merge | Enrich the orders with product names from the catalogue
        merge | fan_in
        merge | stack all the chunks into one table
        merge | link both sources on the customer number
        none | Book a flight to Lisbon
        none | paint the garage door
        none | deploy to the production cluster
        none | Call the plumber
        none | restart the mail server
        none | step_1
        none | Sing a song
        none | water the plants on Friday
        none | reboot
        none | order pizza for the team
        none | translate to Klingon
        none | do the thing
        none | approve the holiday request
        none | play chess
        none | turn the lights off
        none | wait for the courier
        """;

    /// <summary>Written after the taxonomy's first version, on purpose with as few of its words as possible: how it does with people who speak otherwise. Split the same way.</summary>
    private const string OtherWords = """
        extract | go and find the numbers on the ministry's website
        extract | grab yesterday's log lines off the server
        profile | what are we dealing with here? size, types, blanks
        profile | first glance at the vendor file
        clean | sort out the mess in the address book
        clean | make the spelling of city names uniform
        transform | turn dollar amounts into euros
        transform | work out each person's age
        aggregate | how much did we sell in every country
        aggregate | figures by week instead of by day
        sql | use a SELECT with a GROUP BY
        sql | ask the tables who never paid
        summarise | tell me in three sentences what matters
        summarise | the bottom line for the CEO
        report | something I can print and hand to the board
        report | show churn as bars and lines
        draft_text | put the news into words for our customers
        draft_text | come up with a slogan and a short pitch
        check | is every order number there exactly once
        check | nothing may be empty or negative
        evaluate_model | does the network get it right on rows it never saw
        evaluate_model | error rate of the churn predictor
        compare | which prices moved since last week
        compare | old list or new list: what is missing
        split | give every worker its own portion
        split | keep twenty percent aside for testing
        merge | one big table out of the four branches
        merge | attach the client's name to each invoice
        """;

    private static readonly (string Skill, string Text)[] All = Read(Lines);

    private static (string Skill, string Text)[] Read(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|', 2, StringSplitOptions.TrimEntries)).Select(parts => (parts[0], parts[1]))];

    public static IReadOnlyList<(string Skill, string Text)> Tuning { get; } = [.. All.Where((_, index) => index % 2 == 0)];

    public static IReadOnlyList<(string Skill, string Text)> HeldOut { get; } = [.. All.Where((_, index) => index % 2 == 1)];

    public static IReadOnlyList<(string Skill, string Text)> OtherwiseTuning { get; } = [.. Read(OtherWords).Where((_, index) => index % 2 == 0)];

    public static IReadOnlyList<(string Skill, string Text)> OtherwiseHeldOut { get; } = [.. Read(OtherWords).Where((_, index) => index % 2 == 1)];
}
