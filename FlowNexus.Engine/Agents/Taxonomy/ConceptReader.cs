using System.Collections.Frozen;
using FlowNexus.Engine.Agents.Vectors;

namespace FlowNexus.Engine.Agents.Taxonomy;

/// <summary>Finds the skills that a text speaks of, by the taxonomy's phrases.</summary>
internal sealed class ConceptReader
{
    private const int LongestPhrase = 5;
    private readonly FrozenDictionary<string, (int Concept, float Weight)[]> _phrases;

    public ConceptReader(SkillTaxonomy taxonomy)
    {
        Concepts = [.. taxonomy.Concepts.Where(concept => !concept.IsBroad)];
        var phrases = new Dictionary<string, Dictionary<int, float>>();
        for (var i = 0; i < Concepts.Count; i++)
        {
            foreach (var phrase in Concepts[i].Phrases.Append(new Phrase(Concepts[i].Name, 1)))
            {
                var key = Key(Words.Of(phrase.Text, ordered: false));
                if (key.Length == 0) continue;
                if (!phrases.TryGetValue(key, out var found)) phrases[key] = found = [];
                found[i] = Math.Max(found.GetValueOrDefault(i), phrase.Weight);
            }
        }

        _phrases = phrases.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.Select(found => (found.Key, found.Value)).ToArray());
    }

    /// <summary>The skills that run, in the order of the answer's places.</summary>
    public IReadOnlyList<SkillConcept> Concepts { get; }

    /// <summary>How strongly the text speaks of each skill. A phrase of several words says more than its words, which are not counted again.</summary>
    public float[] Read(IReadOnlyList<Word> words)
    {
        var strengths = new float[Concepts.Count];
        for (var start = 0; start < words.Count;)
        {
            var length = Math.Min(LongestPhrase, words.Count - start);
            while (length > 0 && !_phrases.ContainsKey(Key(words, start, length))) length--;
            if (length == 0)
            {
                start++;
                continue;
            }

            var weight = length * words.Skip(start).Take(length).Max(word => word.Weight);
            foreach (var (concept, strength) in _phrases[Key(words, start, length)]) strengths[concept] += strength * weight;
            start += length;
        }

        return strengths;
    }

    private static string Key(List<Word> words) => Key(words, 0, words.Count);

    private static string Key(IReadOnlyList<Word> words, int start, int length) => string.Join(' ', Enumerable.Range(start, length).Select(i => words[i].Stem));
}
