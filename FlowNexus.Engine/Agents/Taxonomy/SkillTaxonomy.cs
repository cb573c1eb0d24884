using System.Collections.Frozen;
using FlowNexus.Engine.Agents.Vectors;

namespace FlowNexus.Engine.Agents.Taxonomy;

/// <summary>What skills are called, what else they are called, and which broad words stand for which of them.</summary>
public sealed class SkillTaxonomy
{
    private const float Hint = 0.4f;
    private readonly FrozenDictionary<string, SkillConcept> _byName;
    private readonly FrozenDictionary<string, SkillConcept> _byAlias;

    private SkillTaxonomy(IReadOnlyList<SkillConcept> concepts)
    {
        Concepts = concepts;
        _byName = concepts.ToFrozenDictionary(concept => concept.Name);
        var aliases = new Dictionary<string, SkillConcept>();
        foreach (var concept in concepts) aliases[Key(concept.Name)] = concept;
        foreach (var concept in concepts)
            foreach (var phrase in concept.Phrases.Where(phrase => phrase.Weight == 1)) aliases.TryAdd(Key(phrase.Text), concept);
        _byAlias = aliases.ToFrozenDictionary();
    }

    public static SkillTaxonomy Default { get; } = Parse(SkillWords.Lines);

    /// <summary>Skills that run first, then the broad words.</summary>
    public IReadOnlyList<SkillConcept> Concepts { get; }

    /// <summary>The skill somebody means by a word: its name, another word for it, or another form of either; null when the word is not known.</summary>
    public SkillConcept? Resolve(string word) => _byName.TryGetValue(word, out var named) ? named : _byAlias.GetValueOrDefault(Key(word));

    public SkillConcept? TryGet(string name) => _byName.GetValueOrDefault(name);

    /// <summary>For people: <c>web_scraping</c> is "web scraping".</summary>
    public string TitleOf(string word) => Resolve(word)?.Title ?? string.Join(' ', Words.Split(word));

    /// <summary>Two spellings of one word have the same key: <c>Report-Generation</c>, <c>generating reports</c>.</summary>
    public static string Key(string word) => string.Join(' ', Words.Split(word).Select(Stemmer.Of));

    private static SkillTaxonomy Parse(string lines)
    {
        var concepts = new List<SkillConcept>();
        foreach (var line in lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = line.Split('|', StringSplitOptions.TrimEntries);
            var phrases = fields[2].Split(';', StringSplitOptions.TrimEntries).Select(text => text[0] == '~' ? new Phrase(text[1..], Hint) : new Phrase(text, 1));
            concepts.Add(new SkillConcept(fields[0], fields[1], [.. phrases], fields.Length > 3 ? fields[3].Split(',', StringSplitOptions.TrimEntries) : []));
        }

        return new SkillTaxonomy(concepts);
    }
}
