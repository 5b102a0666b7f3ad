import { offlineFacets } from "/work/main/shared/adapters/offline/facets.ts";
import { offlineEmbedder } from "/work/main/shared/adapters/offline/embedder.ts";
import { kmeans } from "/work/main/shared/domain/kmeans/kmeans.ts";
import { agreement } from "/work/main/shared/domain/agreement.ts";
import { eld } from "eld/extrasmall";
import { readFileSync } from "node:fs";
const L=readFileSync('/work/shared/data/clinc150/conversations.jsonl','utf8').trim().split('\n').map(l=>JSON.parse(l));
const G=readFileSync('/work/shared/data/clinc150/labels.jsonl','utf8').trim().split('\n').map(l=>JSON.parse(l));
const lab=new Map(G.map(g=>[g.conversation_id,g]));
const keep=L.filter((c,i)=>i%2===0&&lab.get(c.conversation_id).label!=="oos");
const F=keep.map(c=>offlineFacets({messages:c.messages},eld));
const raw=keep.map(c=>c.messages[0].content as string);
const or=(x:string|null,i:number)=>x??raw[i]!;
const V:Record<string,string[]>={raw, request:F.map((f,i)=>or(f.request,i)), summary:F.map((f,i)=>or(f.summary,i)), reqtopic:F.map((f,i)=>or(f.request,i)+". "+(f.topic??"")), all:F.map((f,i)=>[f.summary,f.request,f.task,f.topic].filter(Boolean).join("\n")||raw[i]!), topic:F.map((f,i)=>or(f.topic,i))};
const pick=(process.argv[2]??Object.keys(V).join(",")).split(",");
const e=offlineEmbedder({threads:2}); const signal=new AbortController().signal;
for(const n of pick){const t=performance.now(); const m=await e.embed(V[n]!,{signal}); const te=performance.now()-t;
 const truth=keep.map(c=>lab.get(c.conversation_id).label);
 let knn=0; const D=m.cols; for(let i=0;i<600;i++){let b=-2,bi=0;for(let j=0;j<m.rows;j++){if(j===i)continue;let s=0;for(let k=0;k<D;k++)s+=m.data[i*D+k]!*m.data[j*D+k]!;if(s>b){b=s;bi=j;}} if(truth[i]===truth[bi])knn++;}
 const R=[1,2,3].map(seed=>agreement(truth,kmeans(m,150,{seed,restarts:2}).labels as any));
 console.log(n.padEnd(9),JSON.stringify(Object.fromEntries(Object.keys(R[0]!).map(k=>[k,+(R.reduce((a,r)=>a+((r as any)[k]??0),0)/3).toFixed(3)]))),"1nn",(knn/600).toFixed(3),"embed s",(te/1e3).toFixed(1));}
await e.close();
